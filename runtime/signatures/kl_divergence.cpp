// Axes of kl_divergence.
#include "runtime/signature.h"

static const fsd::SignatureOf kl_divergence{{
    "kl_divergence",
    "divergence = sum_state p log(p / q), with 0 log 0 = 0 and +inf where p > 0 = q (MATH 4.2)",
    {{"probability", {"site", "state"}, "p: distributions, they sum to 1 over the states"},
     {"reference", {"site", "state"}, "q: distributions, they sum to 1 over the states"},
     {"divergence", {"site"}, "nats, from 0 to +inf; 0 where p = q"}},
    nullptr,
}};
