// Axes of probability_states.
#include "runtime/signature.h"

static const fsd::SignatureOf probability_states{{
    "probability_states",
    "states = (1 - p, p): each color of each pixel as a Bernoulli variable whose probability is given (MATH "
    "1)",
    {{"probability", {"sample", "y", "x", "color"}, "p: probability of state 1"},
     {"states", {"sample", "y", "x", "channel"}, "probabilities; channel = 2 color + state"}},
    [](fsd::Extents &extents) {
        const auto color = extents.find("color");
        if (color != extents.end()) {
            extents.emplace("channel", 2 * color->second);
        }
    },
}};
