// Axes of relu_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf relu_backward{{
    "relu_backward",
    "d_log_evidence = d_activation where log_evidence > 0, else 0 (MATH 4.1)",
    {{"log_evidence", {"site", "state"}, "the input of relu"},
     {"d_activation", {"site", "state"}, "gradient with respect to activation"},
     {"d_log_evidence", {"site", "state"}, "gradient with respect to log_evidence"}},
    nullptr,
}};
