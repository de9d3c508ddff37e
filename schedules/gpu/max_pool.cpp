// GPU schedule of max_pool: a thread per maximum.
#include "generators/max_pool.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::MaxPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(maximum, {channel, pool_x, pool_y, sample}, {peak});
}
