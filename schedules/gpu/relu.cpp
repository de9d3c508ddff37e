// GPU schedule of relu: a thread per element.
#include "generators/relu.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::Relu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(activation, {state, site});
}
