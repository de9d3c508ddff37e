// CPU schedule of class_means: vectors along the features, blocks of them in parallel; each block passes over
// the samples once, so that the sums have one order.
#include "generators/class_means.h"

void fsd::ClassMeans::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    constexpr int features_per_task = 64;
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var block{"block"}, lanes{"lanes"};
    counts.compute_root();
    sums.compute_root().vectorize(feature, vector, guard);
    sums.update()
        .split(feature, block, feature, features_per_task, guard)
        .split(feature, feature, lanes, vector, guard)
        .reorder(lanes, feature, samples, block)
        .vectorize(lanes)
        .parallel(block);
    mean_of_class.vectorize(feature, vector, guard);
}
