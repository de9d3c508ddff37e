// GPU schedule of erf_backward: a thread per element.
#include "generators/erf_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::ErfBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_argument, {state, site});
}
