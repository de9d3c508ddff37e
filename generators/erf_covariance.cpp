// m_i = erf(mu_i / sqrt(1 + 2 S_ii)); with b_i = sqrt(2) mu_i / sqrt(1 + 2 S_ii) and
// r = 2 S_ij / sqrt((1 + 2 S_ii) (1 + 2 S_jj)):  C_ij = (2/pi) int_0^asin(r) exp[-(b_i^2 - 2 b_i b_j sin t +
// b_j^2) / (2 cos^2 t)] dt, on the diagonal too.
#include "generators/erf_covariance.h"

namespace fsd {

void ErfCovariance::generate() {
    const Expr extent = mean.dim(0).extent(), zero{0.}, one{1.}, two{2.};
    const Expr inverse = one / sqrt(one + two * max(covariance(unit, unit), zero));
    units(unit) = {bounded(Expr(1.41421356237309504880) * mean(unit) * inverse), inverse};
    result_mean(unit) = strict_sum(library_call("erf", mean(unit) * units(unit)[1]),
                                   zero_if_finite({mean(unit), covariance(unit, unit)}));

    pairs.triangle.set_extent(extent);
    pairs.define_data([&](const Expr &i) { return units(i)[0]; },
                      [&](const Expr &i, const Expr &j) {
                          return clamp(two * covariance(j, i) * units(i)[1] * units(j)[1], Expr(-1.), one);
                      });
    pairs.define_sum(node, node_weight, [&](const Expr &, const Expr &) { return one; });
    const Expr size = pairs.integral() * Expr(0.63661977236758134308);
    pairs.triangle.func(pairs.triangle.place, pairs.triangle.pair) =
        select(pairs.rho() < zero, zero - size, size);
    result_covariance(other, unit) =
        strict_sum(pairs.triangle.at(unit, other), pairs.zero_if_inputs_are_finite(*this, unit, other));

    pairs.set_extents(*this);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ErfCovariance, erf_covariance)
