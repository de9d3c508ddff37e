// With g_i = 1 + 2 alpha mu_i and k(i, j) = kappa(z_i, z_i, z_j):  m_i = mu_i + alpha (mu_i^2 + S_ii),
// C_ij = g_i g_j S_ij + 2 alpha^2 S_ij^2 + alpha (g_i k(j, i) + g_j k(i, j)) + alpha^2 kappa(z_i, z_i, z_j,
// z_j).
#include "generators/quadratic_covariance.h"

namespace fsd {

void QuadraticCovariance::generate() {
    const Expr extent = mean.dim(0).extent(), alpha = curvature;
    result_mean(unit) = mean(unit) + alpha * (mean(unit) * mean(unit) + covariance(unit, unit));
    // i <= j, so that the result is symmetric to the last bit.
    const Expr i = min(unit, other), j = max(unit, other);
    const Expr g_i = Expr(1.) + Expr(2.) * alpha * mean(i), g_j = Expr(1.) + Expr(2.) * alpha * mean(j);
    const Expr s = covariance(j, i);
    const Expr found = g_i * g_j * s + Expr(2.) * alpha * alpha * s * s +
                       alpha * (g_i * third_cumulant(i, j) + g_j * third_cumulant(j, i)) +
                       alpha * alpha * fourth_cumulant(j, i);
    result_covariance(other, unit) =
        strict_sum(found, zero_if_finite({covariance(other, unit), fourth_cumulant(other, unit)}));

    mean.dim(0).set_min(0);
    mean.set_estimates({{0, 100}});
    for (auto *square : {&covariance, &third_cumulant, &fourth_cumulant}) {
        square->dim(0).set_bounds(0, extent);
        square->dim(1).set_bounds(0, extent);
        square->set_estimates({{0, 100}, {0, 100}});
    }
    result_mean.set_estimates({{0, 100}});
    result_covariance.set_estimates({{0, 100}, {0, 100}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::QuadraticCovariance, quadratic_covariance)
