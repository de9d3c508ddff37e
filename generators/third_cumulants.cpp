// third_cumulant(i, j) = sum (x_i - mean_i)^2 (x_j - mean_j) / N.
#include "generators/third_cumulants.h"

namespace fsd {

void ThirdCumulants::generate() {
    const Expr extent = samples.dim(0).extent(), count = samples.dim(1).extent();
    mean.define(samples, extent, count);
    product.set_lanes(natural_vector_size<double>());
    const auto centered = [&](const Expr &place, const Expr &sample) { return mean.centered(place, sample); };
    const auto square = [&](const Expr &place, const Expr &sample) {
        return centered(place, sample) * centered(place, sample);
    };
    product.define(square, centered, count);
    third_cumulant(other, unit) = product.at(unit, other) / cast<double>(count);

    samples.dim(0).set_min(0);
    samples.dim(1).set_min(0);
    samples.set_estimates({{0, 100}, {0, 60000}});
    third_cumulant.set_estimates({{0, 100}, {0, 100}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ThirdCumulants, third_cumulants)
