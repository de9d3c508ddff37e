// GPU schedule of log_normalize_filters_backward: a thread per distribution of an output; neighboring outputs
// are\nneighbors in memory.
#include "generators/log_normalize_filters_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::LogNormalizeFiltersBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    d_theta.reorder(input_state, output, position);
    elements_on_gpu(d_theta, {output, position}, {total});
}
