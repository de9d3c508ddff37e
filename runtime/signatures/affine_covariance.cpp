// Axes of affine_covariance.
#include "runtime/signature.h"

static const fsd::SignatureOf affine_covariance{{
    "affine_covariance",
    "mean and covariance of W^T y + b",
    {{"input_mean", {"input"}, "of y"},
     {"input_covariance", {"input", "other_input"}, "of y; symmetric"},
     {"slope_matrix", {"input", "unit"}, "W"},
     {"offset_vector", {"unit"}, "b"},
     {"result_mean", {"unit"}, "W^T mean + b"},
     {"result_covariance", {"unit", "other"}, "W^T S W; symmetric"}},
    [](fsd::Extents &extents) { extents["other"] = extents.at("unit"); },
}};
