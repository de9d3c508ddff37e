// GPU schedule of marginal_pool_backward: a thread per site and state gathers from its windows.
#include "generators/marginal_pool_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::MarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_probability, {channel, x, y, sample}, {sum});
}
