// Axes of momentum.
#include "runtime/signature.h"

static const fsd::SignatureOf momentum{{
    "momentum",
    "velocity = momentum velocity + gradient, parameter -= rate velocity: gradient descent (MATH 6)",
    {{"parameter", {"element"}, "what is learned"},
     {"gradient", {"element"}, "gradient of the loss"},
     {"velocity", {"element"}, "decaying sum of the gradients; 0 before the first step"},
     {"rate", {}, "learning rate"},
     {"momentum", {}, "decay of velocity per step, e.g. 0.9; 0 is plain gradient descent"},
     {"updated_parameter", {"element"}, "may be the memory of parameter"},
     {"updated_velocity", {"element"}, "may be the memory of velocity"}},
    nullptr,
}};
