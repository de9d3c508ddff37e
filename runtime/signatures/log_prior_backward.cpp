// Axes of log_prior_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf log_prior_backward{{
    "log_prior_backward",
    "d_log_prior = sum_site d_log_evidence: gradient of kld_conv and kld_linear (MATH 2.4)",
    {{"d_log_evidence", {"site", "output"}, "gradient of the loss"},
     {"d_log_prior", {"output"}, "gradient of the loss"}},
    nullptr,
}};
