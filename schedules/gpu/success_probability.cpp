// GPU schedule of success_probability: a thread per pixel.
#include "generators/success_probability.h"

#include "schedules/idioms/gpu_pixels.h"

void fsd::SuccessProbability::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixels_on_gpu(probability, color, x, y, sample);
}
