// GPU schedule of renormalized_max_pool_backward: the maxima and their places, then a thread per distribution
// for the\nsums over its states, then a thread per site and state gathers from its windows.
#include "generators/renormalized_max_pool_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::RenormalizedMaxPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_in_memory(peak, {largest, first});
    elements_in_memory(scale, {total, inner});
    elements_on_gpu(d_probability, {state, group, x, y, sample}, {sum});
}
