// Axes of success_probability.
#include "runtime/signature.h"

static const fsd::SignatureOf success_probability{{
    "success_probability",
    "probability = v/255: the input of a first layer in log-odds form (MATH 2.3)",
    {{"image", {"sample", "y", "x", "color"}, "bytes v, 0..255"},
     {"probability", {"sample", "y", "x", "color"}, "probability of the second state of each color"}},
    nullptr,
}};
