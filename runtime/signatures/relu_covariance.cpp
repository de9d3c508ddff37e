// Axes of relu_covariance.
#include "runtime/signature.h"

static const fsd::SignatureOf relu_covariance{{
    "relu_covariance",
    "mean and covariance of max(z, 0) for jointly Gaussian z, by quadrature over the correlation",
    {{"mean", {"unit"}, "mu, of the preactivations"},
     {"covariance", {"unit", "other"}, "S, symmetric"},
     {"node", {"node"}, "of Gauss and Legendre's rule, between -1 and 1"},
     {"node_weight", {"node"}, "of the nodes; they sum to 2"},
     {"least_variance", {}, "units with a variance up to this are deterministic"},
     {"result_mean", {"unit"}, "E max(z, 0)"},
     {"result_covariance", {"unit", "other"}, "of max(z, 0); symmetric"}},
    nullptr,
}};
