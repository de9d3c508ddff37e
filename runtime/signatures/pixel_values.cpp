// Axes of pixel_values.
#include "runtime/signature.h"

static const fsd::SignatureOf pixel_values{{
    "pixel_values",
    "features = slope v + offset of each byte v, rounded twice: the input of networks of real numbers (MATH "
    "6)",
    {{"image", {"sample", "y", "x", "color"}, "bytes v, 0..255"},
     {"slope", {"color"}, "factor of each color, e.g. 1/255"},
     {"offset", {"color"}, "what is added to each color"},
     {"features", {"sample", "y", "x", "color"}, "any real numbers"}},
    nullptr,
}};
