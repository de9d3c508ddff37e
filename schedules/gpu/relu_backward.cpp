// GPU schedule of relu_backward: a thread per element.
#include "generators/relu_backward.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::ReluBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_argument, {state, site});
}
