// Axes of third_cumulants.
#include "runtime/signature.h"

static const fsd::SignatureOf third_cumulants{{
    "third_cumulants",
    "third_cumulant(i, j) = mean of (x_i - mean_i)^2 (x_j - mean_j); float64 sums",
    {{"samples", {"sample", "unit"}, "any finite numbers"},
     {"third_cumulant", {"unit", "other"}, "kappa(z_unit, z_unit, z_other)"}},
    [](fsd::Extents &extents) { extents["other"] = extents.at("unit"); },
}};
