// GPU schedule of renormalized_max_pool: the maxima, then a thread per distribution adds them up, then the
// quotients.
#include "generators/renormalized_max_pool.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::RenormalizedMaxPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_in_memory(largest);
    threads_over(largest.update(), largest.args());
    elements_in_memory(scale, {total});
    elements_on_gpu(maximum, {state, group, pool_x, pool_y, sample});
}
