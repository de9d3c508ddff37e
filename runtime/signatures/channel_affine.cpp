// Axes of channel_affine.
#include "runtime/signature.h"

static const fsd::SignatureOf channel_affine{{
    "channel_affine",
    "scaled = slope x + offset: batch normalization at inference, scaling of real inputs (MATH 6)",
    {{"features", {"site", "channel"}, "x: any real numbers"},
     {"slope", {"channel"}, "factor of each channel"},
     {"offset", {"channel"}, "what is added to each channel"},
     {"scaled", {"site", "channel"}, "any real numbers"}},
    nullptr,
}};
