// GPU schedule of erf: a thread per element.
#include "generators/erf.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::Erf::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(activation, {state, site});
}
