// Axes of sigmoid_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf sigmoid_backward{{
    "sigmoid_backward",
    "d_log_evidence = d_activation activation (1 - activation) (MATH 4.1)",
    {{"activation", {"site", "state"}, "the output of sigmoid"},
     {"d_activation", {"site", "state"}, "gradient with respect to activation"},
     {"d_log_evidence", {"site", "state"}, "gradient with respect to log_evidence"}},
    nullptr,
}};
