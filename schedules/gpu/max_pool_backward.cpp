// GPU schedule of max_pool_backward: first where in each window the maximum is, then a thread per site and
// state\ngathers from its windows.
#include "generators/max_pool_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::MaxPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_in_memory(place, {peak, first});
    elements_on_gpu(d_probability, {channel, x, y, sample}, {sum});
}
