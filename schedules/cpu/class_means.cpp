// CPU schedule of class_means: vectors along the units, blocks of them in parallel. A block's sums of ten
// classes are 10 KiB, so that they stay in the first cache, and its 512 bytes of a sample are eight lines one
// behind the other; each block passes over the samples once, so that the sums have one order.
#include "generators/class_means.h"

void fsd::ClassMeans::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    constexpr int units_per_task = 128;
    const int vector = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var block{"block"}, lanes{"lanes"};
    count.compute_root();
    sum.compute_root().vectorize(unit, vector, guard);
    sum.update()
        .split(unit, block, unit, units_per_task, guard)
        .split(unit, unit, lanes, vector, guard)
        .reorder(lanes, unit, all, block)
        .vectorize(lanes)
        .parallel(block);
    class_unit_mean.vectorize(unit, vector, guard);
}
