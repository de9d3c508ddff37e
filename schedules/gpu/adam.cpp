// GPU schedule of adam: a thread per element; one launch for each output, so that results may not lie in the
// memory\nof the device that holds the inputs.
#include "generators/adam.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::Adam::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(updated_parameter, {element});
    elements_on_gpu(updated_moment1, {element});
    elements_on_gpu(updated_moment2, {element});
}
