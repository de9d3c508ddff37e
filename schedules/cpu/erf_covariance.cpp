// CPU schedule of erf_covariance.
#include "generators/erf_covariance.h"
#include "schedules/idioms/gaussian_pairs.h"

void fsd::ErfCovariance::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    units.compute_root();
    schedule_pairs(pairs, result_covariance, other, unit, natural_vector_size<double>());
}
