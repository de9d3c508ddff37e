// GPU schedule of sigmoid: a thread per element.
#include "generators/sigmoid.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::Sigmoid::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(activation, {state, site});
}
