// C_ij = s_i s_j { rho Phi(a_i) Phi(a_j) + (1/2pi) int_0^asin(rho) (rho - sin t) exp[-(...)/(2 cos^2 t)] dt
// }, from Price's theorem: dC_ij / dS_ij = P(both are positive).
#include "generators/relu_covariance.h"

namespace fsd {
namespace {

// Var relu(z) / s^2 from t = -|a|: nothing cancels for a > 0.
Halide::Expr scaled_variance(const Halide::Expr &a, const Halide::Expr &density) {
    using namespace Halide;
    const Expr t = Expr(0.) - abs(a), tail = normal_cdf(t), one{1.};
    const Expr mean = max(t * tail + density, Expr(0.));
    const Expr below = max((t * t + one) * tail + t * density - mean * mean, Expr(0.));
    return select(a > Expr(0.), one - Expr(2.) * tail + below, below);
}

}  // namespace

void ReluCovariance::generate() {
    const Expr extent = mean.dim(0).extent(), zero{0.};
    const Expr variance = covariance(unit, unit);
    const Expr random = variance > least_variance && variance > zero;
    const Expr deviation = select(random, sqrt(max(variance, zero)), zero);
    const Expr inverse = select(random, Expr(1.) / deviation, zero);
    const Expr a = bounded(mean(unit) * inverse);
    units(unit) = {a, deviation, inverse, normal_cdf(a), normal_density(a)};

    const Expr mean_of_random = max(mean(unit) * units(unit)[3] + units(unit)[1] * units(unit)[4], zero);
    result_mean(unit) = strict_sum(select(units(unit)[1] > zero, mean_of_random, max(mean(unit), zero)),
                                   zero_if_finite({mean(unit), covariance(unit, unit)}));

    pairs.triangle.set_extent(extent);
    pairs.define_data([&](const Expr &i) { return units(i)[0]; },
                      [&](const Expr &i, const Expr &j) {
                          return clamp(covariance(j, i) * units(i)[2] * units(j)[2], Expr(-1.), Expr(1.));
                      });
    pairs.define_sum(node, node_weight, [](const Expr &rho, const Expr &sine) { return rho - sine; });
    const Expr i = pairs.triangle.row(), j = pairs.triangle.column();
    const Expr scale = units(i)[1] * units(j)[1];
    const Expr off_diagonal =
        pairs.rho() * units(i)[3] * units(j)[3] + pairs.integral() * Expr(0.15915494309189533577);
    pairs.triangle.func(pairs.triangle.place, pairs.triangle.pair) = scale * off_diagonal;

    const Expr diagonal = units(unit)[1] * units(unit)[1] * scaled_variance(units(unit)[0], units(unit)[4]);
    variances(unit) = diagonal;
    result_covariance(other, unit) =
        strict_sum(select(unit == other, variances(unit), pairs.triangle.at(unit, other)),
                   pairs.zero_if_inputs_are_finite(*this, unit, other));

    pairs.set_extents(*this);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ReluCovariance, relu_covariance)
