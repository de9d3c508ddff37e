// GPU schedule of quadratic_backward: a thread per element.
#include "generators/quadratic_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::QuadraticBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_argument, {state, site});
}
