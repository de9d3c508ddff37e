// Axes of bernoulli_states.
#include "runtime/signature.h"

static const fsd::SignatureOf bernoulli_states{{
    "bernoulli_states",
    "probability = (1 - v/255, v/255): each color of each pixel as a Bernoulli variable (MATH 1)",
    {{"image", {"sample", "y", "x", "color"}, "bytes v, 0..255"},
     {"probability", {"sample", "y", "x", "channel"}, "probabilities; channel = 2 color + state"}},
    [](fsd::Extents &extents) {
        const auto color = extents.find("color");
        if (color != extents.end()) {
            extents.emplace("channel", 2 * color->second);
        }
    },
}};
