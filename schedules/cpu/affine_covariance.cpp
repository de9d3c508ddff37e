// CPU schedule of affine_covariance: two products in blocks.
#include "generators/affine_covariance.h"
#include "schedules/idioms/blocked_product.h"

void fsd::AffineCovariance::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    mean.compute_root().vectorize(unit, vector, guard);
    mean.update().reorder(unit, inputs).vectorize(unit, vector, guard);
    schedule_product(first, false);
    half.compute_root().vectorize(unit, vector, guard).parallel(input, 64, guard);
    schedule_product(second, false);
    result_covariance.vectorize(other, vector, guard).parallel(unit, 16, guard);
}
