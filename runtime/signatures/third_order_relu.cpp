// Axes of third_order_relu.
#include "runtime/signature.h"

static const fsd::SignatureOf third_order_relu{{
    "third_order_relu",
    "what third cumulants change in the mean and the second moments of max(z, 0)",
    {{"mean", {"unit"}, "mu, of the preactivations"},
     {"covariance", {"unit", "other"}, "S, symmetric"},
     {"third_cumulant", {"unit", "other"}, "kappa(z_unit, z_unit, z_other)"},
     {"least_variance", {}, "units with a variance up to this are deterministic"},
     {"mean_change", {"unit"}, "to be added to E max(z, 0)"},
     {"second_moment_change", {"unit", "other"}, "to be added to E max(z_i, 0) max(z_j, 0); symmetric"}},
    nullptr,
}};
