// Axes of linear.
#include "runtime/signature.h"

static const fsd::SignatureOf linear{{
    "linear",
    "preactivation = bias + sum_input features weight (MATH 2.5)",
    {{"features", {"sample", "input"}, "any numbers"},
     {"weight", {"input", "output"}, "any numbers"},
     {"bias", {"output"}, "any numbers"},
     {"preactivation", {"sample", "output"}, "any numbers"}},
    nullptr,
}};
