// Axes of batch_norm_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf batch_norm_backward{{
    "batch_norm_backward",
    "d_preactivation = scale / s (d - d_shift / N - x d_scale / N), x = (z - mean) / s, s = sqrt(variance + "
    "epsilon)"
    " (MATH 6)",
    {{"preactivation", {"site", "channel"}, "z: the input of batch_norm"},
     {"mean", {"channel"}, "an output of batch_norm"},
     {"variance", {"channel"}, "an output of batch_norm"},
     {"scale", {"channel"}, "an input of batch_norm"},
     {"epsilon", {}, "that of batch_norm"},
     {"d_normalized", {"site", "channel"}, "d: gradient with respect to normalized"},
     {"d_preactivation", {"site", "channel"}, "gradient with respect to preactivation"},
     {"d_scale", {"channel"}, "gradient with respect to scale"},
     {"d_shift", {"channel"}, "gradient with respect to shift"}},
    nullptr,
}};
