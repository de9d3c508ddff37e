// GPU schedule of sigmoid_backward: a thread per element.
#include "generators/sigmoid_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::SigmoidBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_argument, {state, site});
}
