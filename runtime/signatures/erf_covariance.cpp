// Axes of erf_covariance.
#include "runtime/signature.h"

static const fsd::SignatureOf erf_covariance{{
    "erf_covariance",
    "mean and covariance of erf(z) for jointly Gaussian z, by quadrature over the correlation",
    {{"mean", {"unit"}, "mu, of the preactivations"},
     {"covariance", {"unit", "other"}, "S, symmetric"},
     {"node", {"node"}, "of Gauss and Legendre's rule, between -1 and 1"},
     {"node_weight", {"node"}, "of the nodes; they sum to 2"},
     {"result_mean", {"unit"}, "E erf(z)"},
     {"result_covariance", {"unit", "other"}, "of erf(z); symmetric"}},
    nullptr,
}};
