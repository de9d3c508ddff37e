// For each class and feature over the samples of the class, in their order and in float64: sum f, sum f^2,
// sum log f over f > 0 (each logarithm in float32), and the number of zeros. A sample whose label is no class
// counts nowhere. A NaN or infinity becomes NaN in all four but where a sum is infinite.
#include "generators/pool_statistics.h"

#include "generators/information.h"
#include "generators/start_at_zero.h"

namespace fsd {

void PoolStatistics::generate() {
    start_at_zero({pooled, label, class_sum, class_square_sum, class_log_sum, class_zeros});
    samples = Halide::RDom(0, pooled.dim(1).extent(), "samples");
    const Expr named = label(samples) >= 0 && label(samples) < classes;
    samples.where(named);
    const Expr own = unsafe_promise_clamped(label(samples), 0, classes - 1);

    const Expr f = pooled(feature, samples), wide = cast<double>(f);
    const Expr zero = cast<double>(0.f), one = cast<double>(1.f);
    const Expr is_zero = strict_equal(f, 0.f);
    const Expr log_f = cast<double>(select(is_zero || strict_less(f, 0.f), zero_if_finite(f), logarithm(f)));
    // In float32: of a number that was converted, LLVM assumes that it is finite.
    const Expr count = strict_sum(cast<double>(zero_if_finite(f)), select(is_zero, one, zero));
    sums(feature, clas) = {zero, zero, zero, zero};
    sums(feature, own) = {strict_sum(sums(feature, own)[0], wide),
                          strict_sum(sums(feature, own)[1], wide * wide),
                          strict_sum(sums(feature, own)[2], log_f), strict_sum(sums(feature, own)[3], count)};

    class_sum(feature, clas) = sums(feature, clas)[0];
    class_square_sum(feature, clas) = sums(feature, clas)[1];
    class_log_sum(feature, clas) = sums(feature, clas)[2];
    class_zeros(feature, clas) = sums(feature, clas)[3];

    pooled.set_estimates({{0, 64}, {0, 2000}});
    label.set_estimates({{0, 2000}});
    classes.set_estimate(10);
    for (auto *output : {&class_sum, &class_square_sum, &class_log_sum, &class_zeros}) {
        output->dim(0).set_extent(pooled.dim(0).extent());
        output->dim(1).set_extent(classes);
        output->set_estimates({{0, 64}, {0, 10}});
    }
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::PoolStatistics, pool_statistics)
