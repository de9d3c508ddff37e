// Axes of weight_decay.
#include "runtime/signature.h"

static const fsd::SignatureOf weight_decay{{
    "weight_decay",
    "updated_parameter = keep parameter: one step of decoupled weight decay (arXiv 1711.05101)",
    {{"parameter", {"element"}, "what is learned"},
     {"keep", {}, "1 - rate * decay"},
     {"updated_parameter", {"element"}, "may be the memory of parameter"}},
    nullptr,
}};
