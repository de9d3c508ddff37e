// Axes of squared_error.
#include "runtime/signature.h"

static const fsd::SignatureOf squared_error{{
    "squared_error",
    "loss = sum (prediction - expected)^2, d_prediction = 2 (prediction - expected): the loss of a "
    "regression (MATH 6)",
    {{"prediction", {"sample", "number"}, "what the network says"},
     {"expected", {"sample", "number"}, "what it should say"},
     {"loss", {"sample"}, "sum over the numbers of a sample, >= 0"},
     {"d_prediction", {"sample", "number"}, "gradient of each sample's loss"}},
    nullptr,
}};
