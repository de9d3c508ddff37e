// GPU schedule of success_probability: a thread per color of a pixel.
#include "generators/success_probability.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::SuccessProbability::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(probability, {color, x, y, sample});
}
