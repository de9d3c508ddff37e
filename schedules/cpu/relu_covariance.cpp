// CPU schedule of relu_covariance.
#include "generators/relu_covariance.h"
#include "schedules/idioms/gaussian_pairs.h"

void fsd::ReluCovariance::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    units.compute_root();
    variances.compute_root();
    schedule_pairs(pairs, result_covariance, other, unit, natural_vector_size<double>());
}
