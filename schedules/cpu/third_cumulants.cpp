// CPU schedule of third_cumulants: the mean, then products in blocks.
#include "generators/third_cumulants.h"
#include "schedules/idioms/blocked_product.h"
#include "schedules/idioms/sample_mean.h"

void fsd::ThirdCumulants::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<double>();
    schedule_mean(mean, vector);
    schedule_product(product, false);
    third_cumulant.vectorize(other, vector, Halide::TailStrategy::GuardWithIf)
        .parallel(unit, 16, Halide::TailStrategy::GuardWithIf);
}
