// CPU schedule of pool_statistics: vectors along the features, blocks of them in parallel; each block passes
// over the samples once, so that the sums have one order.
#include "generators/pool_statistics.h"

void fsd::PoolStatistics::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    constexpr int features_per_task = 64;
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var block{"block"}, lanes{"lanes"};
    sums.compute_root().vectorize(feature, vector, guard);
    sums.update()
        .split(feature, block, feature, features_per_task, guard)
        .split(feature, feature, lanes, vector, guard)
        .reorder(lanes, feature, samples, block)
        .vectorize(lanes)
        .parallel(block);
    for (auto *output : {&class_sum, &class_square_sum, &class_log_sum, &class_zeros}) {
        output->vectorize(feature, vector, guard);
    }
}
