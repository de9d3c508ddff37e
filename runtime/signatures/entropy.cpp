// Axes of entropy.
#include "runtime/signature.h"

static const fsd::SignatureOf entropy{{
    "entropy",
    "entropy = - sum_state p log p, with 0 log 0 = 0 (MATH 4)",
    {{"probability", {"site", "state"}, "distributions: they sum to 1 over the states"},
     {"entropy", {"site"}, "nats, from 0 to log S"}},
    nullptr,
}};
