// Axes of batch_norm.
#include "runtime/signature.h"

static const fsd::SignatureOf batch_norm{{
    "batch_norm",
    "normalized = scale (z - mean) / sqrt(variance + epsilon) + shift, mean and variance over the sites "
    "(MATH 6)",
    {{"preactivation", {"site", "channel"}, "z: any real numbers; the sites are samples and positions"},
     {"scale", {"channel"}, "deviation of the result"},
     {"shift", {"channel"}, "mean of the result"},
     {"epsilon", {}, "keeps the divisor of a constant channel from 0, e.g. 1e-5"},
     {"mean", {"channel"}, "of preactivation"},
     {"variance", {"channel"}, "of preactivation, with the number of sites as divisor"},
     {"normalized", {"site", "channel"}, "any real numbers"}},
    nullptr,
}};
