// Axes of quadratic_covariance.
#include "runtime/signature.h"

static const fsd::SignatureOf quadratic_covariance{{
    "quadratic_covariance",
    "mean and covariance of z + alpha z^2 from cumulants of z",
    {{"mean", {"unit"}, "mu, of the preactivations"},
     {"covariance", {"unit", "other"}, "S, symmetric"},
     {"third_cumulant", {"unit", "other"}, "kappa(z_unit, z_unit, z_other)"},
     {"fourth_cumulant", {"unit", "other"}, "kappa(z_unit, z_unit, z_other, z_other), symmetric"},
     {"curvature", {}, "alpha"},
     {"result_mean", {"unit"}, "of z + alpha z^2, exact"},
     {"result_covariance", {"unit", "other"}, "of z + alpha z^2, exact; symmetric"}},
    nullptr,
}};
