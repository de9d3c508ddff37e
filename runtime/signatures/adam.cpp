// Axes of adam.
#include "runtime/signature.h"

static const fsd::SignatureOf adam{{
    "adam",
    "m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, "
    "parameter -= rate (m / correction1) / (sqrt(v / correction2) + epsilon) (arXiv 1412.6980)",
    {{"parameter", {"element"}, "what is learned"},
     {"gradient", {"element"}, "gradient of the loss"},
     {"moment1", {"element"}, "decaying mean of the gradients; 0 before the first step"},
     {"moment2", {"element"}, "decaying mean of their squares; 0 before the first step"},
     {"rate", {}, "learning rate"},
     {"beta1", {}, "decay of moment1 per step, e.g. 0.9"},
     {"beta2", {}, "decay of moment2 per step, e.g. 0.999"},
     {"epsilon", {}, "smallest divisor of a step, e.g. 1e-8"},
     {"correction1", {}, "1 - beta1^t at the t-th step, t = 1, 2, ..."},
     {"correction2", {}, "1 - beta2^t"},
     {"updated_parameter", {"element"}, "may be the memory of parameter"},
     {"updated_moment1", {"element"}, "may be the memory of moment1"},
     {"updated_moment2", {"element"}, "may be the memory of moment2"}},
    nullptr,
}};
