// Axes of linear_backward_features.
#include "runtime/signature.h"

static const fsd::SignatureOf linear_backward_features{{
    "linear_backward_features",
    "d_features = sum_output d_preactivation weight: gradient of linear (MATH 2.5)",
    {{"d_preactivation", {"sample", "output"}, "gradient of the loss"},
     {"weight", {"input", "output"}, "any numbers"},
     {"d_features", {"sample", "input"}, "gradient of the loss"}},
    nullptr,
}};
