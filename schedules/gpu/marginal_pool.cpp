// GPU schedule of marginal_pool: a thread per mean; the states of a site are neighbors in memory, so that a
// warp reads\nruns of numbers.
#include "generators/marginal_pool.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::MarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(marginal, {channel, pool_x, pool_y, sample}, {sum, sum_of_many});
}
