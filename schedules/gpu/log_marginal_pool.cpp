// GPU schedule of log_marginal_pool: a thread per mean reads its window twice, the second time from the
// caches.
#include "generators/log_marginal_pool.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::LogMarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(log_marginal, {channel, pool_x, pool_y, sample}, {peak, mass, mass_of_many});
}
