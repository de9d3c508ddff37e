// CPU schedule of sample_covariance: the mean, then products in blocks.
#include "generators/sample_covariance.h"
#include "schedules/idioms/blocked_product.h"
#include "schedules/idioms/sample_mean.h"

void fsd::SampleCovariance::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    schedule_mean(mean, vector);
    schedule_product(product, true);
    result_covariance.vectorize(other, vector, Halide::TailStrategy::GuardWithIf)
        .parallel(unit, 16, Halide::TailStrategy::GuardWithIf);
}
