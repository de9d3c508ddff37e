// mean = sum x / N, covariance = sum (x - mean) (x - mean)^T / N, in two passes.
#include "generators/sample_covariance.h"

namespace fsd {

void SampleCovariance::generate() {
    const Expr extent = samples.dim(0).extent(), count = samples.dim(1).extent();
    mean.define(samples, extent, count);
    result_mean(unit) = mean.average(unit);

    product.set_lanes(natural_vector_size<double>());
    product.define_symmetric(
        [&](const Expr &place, const Expr &sample) { return mean.centered(place, sample); }, extent, count);
    result_covariance(other, unit) = product.at_symmetric(unit, other) / cast<double>(count);

    samples.dim(0).set_min(0);
    samples.dim(1).set_min(0);
    samples.set_estimates({{0, 784}, {0, 60000}});
    result_mean.set_estimates({{0, 784}});
    result_covariance.set_estimates({{0, 784}, {0, 784}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::SampleCovariance, sample_covariance)
