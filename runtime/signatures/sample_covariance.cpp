// Axes of sample_covariance.
#include "runtime/signature.h"

static const fsd::SignatureOf sample_covariance{{
    "sample_covariance",
    "mean and covariance of samples, divided by their number; float64 sums",
    {{"samples", {"sample", "unit"}, "any finite numbers"},
     {"result_mean", {"unit"}, "over the samples"},
     {"result_covariance", {"unit", "other"}, "population form; symmetric"}},
    [](fsd::Extents &extents) { extents["other"] = extents.at("unit"); },
}};
