// GPU schedule of quadratic: a thread per element.
#include "generators/quadratic.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::Quadratic::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(activation, {state, site});
}
