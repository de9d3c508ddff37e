// GPU schedule of weight_decay: a thread per element.
#include "generators/weight_decay.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::WeightDecay::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(updated_parameter, {element});
}
