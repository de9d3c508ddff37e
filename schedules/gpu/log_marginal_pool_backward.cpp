// GPU schedule of log_marginal_pool_backward: a thread per site and state gathers from its windows.
#include "generators/log_marginal_pool_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::LogMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_log_probability, {channel, x, y, sample}, {sum});
}
