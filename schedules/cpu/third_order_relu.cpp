// CPU schedule of third_order_relu: element-wise; half of each element is computed once and read twice.
#include "generators/third_order_relu.h"

void fsd::ThirdOrderRelu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    units.compute_root();
    half.compute_root().vectorize(other, vector, guard).parallel(unit, 8, guard);
    mean_change.vectorize(unit, vector, guard);
    second_moment_change.vectorize(other, vector, guard).parallel(unit, 16, guard);
}
