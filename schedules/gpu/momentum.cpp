// GPU schedule of momentum: a thread per element; a launch for each output, so that results may not lie in
// the memory of the device that holds the inputs.
#include "generators/momentum.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::Momentum::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(updated_parameter, {element});
    elements_on_gpu(updated_velocity, {element});
}
