// dm_i = -k_ii a_i phi(a_i) / (6 s_i^2),  dE[y_i^2] = k_ii phi(a_i) / (3 s_i),
// dE[y_i y_j] = (1/6) [k_ii T30_ij + 3 k_ij T21_ij + (i <-> j)],  k_ij = kappa(z_i, z_i, z_j).
#include "generators/third_order_relu.h"

namespace fsd {

void ThirdOrderRelu::generate() {
    const Expr zero{0.}, one{1.}, extent = mean.dim(0).extent();
    const Expr variance = covariance(unit, unit);
    const Expr random = variance > least_variance && variance > zero;
    const Expr deviation = select(random, sqrt(max(variance, zero)), zero);
    const Expr inverse = select(random, one / deviation, zero);
    const Expr a = bounded(mean(unit) * inverse);
    units(unit) = {a, deviation, inverse, normal_density(a)};

    // i = unit, j = other. Nothing is corrected for a pair whose correlation is 1 or -1.
    const Expr a_i = units(unit)[0], a_j = units(other)[0], s_j = units(other)[1], inverse_i = units(unit)[2];
    const Expr rho = clamp(covariance(other, unit) * inverse_i * units(other)[2], Expr(-1.), one);
    const Expr q = sqrt(max(one - rho * rho, zero));
    const Expr corrected = q >= Expr(1e-6) && units(unit)[1] > zero && s_j > zero;
    const Expr h = bounded((a_j - rho * a_i) / max(q, Expr(1e-6)));
    const Expr positive = normal_cdf(h);
    const Expr mean_at_zero = s_j * q * (h * positive + normal_density(h));  // E[y_j | z_i = 0]
    const Expr density = units(unit)[3] * inverse_i;
    const Expr twice = density * positive;
    const Expr thrice = zero - a_i * inverse_i * density * mean_at_zero -
                        density * covariance(other, unit) * inverse_i * inverse_i * positive;
    half(other, unit) = select(
        corrected,
        (third_cumulant(unit, unit) * thrice + Expr(3.) * third_cumulant(other, unit) * twice) / Expr(6.),
        zero);

    const Expr change = zero - third_cumulant(unit, unit) * units(unit)[0] * units(unit)[3] * units(unit)[2] *
                                   units(unit)[2] / Expr(6.);
    mean_change(unit) =
        strict_sum(change, zero_if_finite({mean(unit), covariance(unit, unit), third_cumulant(unit, unit)}));
    const Expr second =
        select(unit == other, third_cumulant(unit, unit) * units(unit)[3] * units(unit)[2] / Expr(3.),
               half(max(unit, other), min(unit, other)) + half(min(unit, other), max(unit, other)));
    const Expr hidden = zero_if_finite(
        {mean(unit), mean(other), covariance(unit, unit), covariance(other, other), covariance(other, unit),
         covariance(unit, other), third_cumulant(unit, unit), third_cumulant(other, other),
         third_cumulant(other, unit), third_cumulant(unit, other)});
    second_moment_change(other, unit) = strict_sum(second, hidden);

    mean.dim(0).set_min(0);
    mean.set_estimates({{0, 100}});
    for (auto *square : {&covariance, &third_cumulant}) {
        square->dim(0).set_bounds(0, extent);
        square->dim(1).set_bounds(0, extent);
        square->set_estimates({{0, 100}, {0, 100}});
    }
    mean_change.set_estimates({{0, 100}});
    second_moment_change.set_estimates({{0, 100}, {0, 100}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ThirdOrderRelu, third_order_relu)
