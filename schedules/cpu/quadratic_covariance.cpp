// CPU schedule of quadratic_covariance: element-wise.
#include "generators/quadratic_covariance.h"

void fsd::QuadraticCovariance::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    result_mean.vectorize(unit, vector, guard);
    result_covariance.vectorize(other, vector, guard).parallel(unit, 16, guard);
}
