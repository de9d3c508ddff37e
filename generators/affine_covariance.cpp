// result_mean = W^T mean + b, result_covariance = W^T (S W), symmetric to the last bit.
#include "generators/affine_covariance.h"

namespace fsd {

void AffineCovariance::generate() {
    const Expr extent = slope_matrix.dim(0).extent(), count = input_mean.dim(0).extent(), zero{0.};
    inputs = Halide::RDom(0, count, "inputs");
    mean(unit) = offset_vector(unit);
    mean(unit) += input_mean(inputs) * slope_matrix(unit, inputs);
    result_mean(unit) = mean(unit);

    // 0 beyond the extents, whose places blocks fill up.
    const auto slope = [&](const Expr &place, const Expr &term) {
        const Expr value = slope_matrix(min(place, extent - 1), min(term, count - 1));
        return select(place < extent && term < count, value, zero);
    };
    first.set_lanes(natural_vector_size<double>());
    first.define(
        [&](const Expr &place, const Expr &term) {
            return select(place < count && term < count,
                          input_covariance(min(place, count - 1), min(term, count - 1)), zero);
        },
        slope, count);
    half(unit, input) = first.at(input, unit);
    second.set_lanes(natural_vector_size<double>());
    second.define(
        slope,
        [&](const Expr &place, const Expr &term) {
            return select(place < extent && term < count, half(min(place, extent - 1), min(term, count - 1)),
                          zero);
        },
        count);
    result_covariance(other, unit) = second.at(min(unit, other), max(unit, other));

    input_mean.dim(0).set_min(0);
    input_covariance.dim(0).set_bounds(0, count);
    input_covariance.dim(1).set_bounds(0, count);
    slope_matrix.dim(0).set_min(0);
    slope_matrix.dim(1).set_bounds(0, count);
    offset_vector.dim(0).set_bounds(0, extent);
    input_mean.set_estimates({{0, 784}});
    input_covariance.set_estimates({{0, 784}, {0, 784}});
    slope_matrix.set_estimates({{0, 100}, {0, 784}});
    offset_vector.set_estimates({{0, 100}});
    result_mean.set_estimates({{0, 100}});
    result_covariance.set_estimates({{0, 100}, {0, 100}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::AffineCovariance, affine_covariance)
