// Axes of linear_relu.
#include "runtime/signature.h"

static const fsd::SignatureOf linear_relu{{
    "linear_relu",
    "activation = max(bias + sum_input features weight, 0): linear and relu (MATH 2.5)",
    {{"features", {"sample", "input"}, "any numbers"},
     {"weight", {"input", "output"}, "any numbers"},
     {"bias", {"output"}, "any numbers"},
     {"activation", {"sample", "output"}, ">= 0; NaN stays NaN"}},
    nullptr,
}};
