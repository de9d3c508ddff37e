// GPU schedule of bernoulli_states: a thread per pixel.
#include "generators/bernoulli_states.h"

#include "schedules/idioms/gpu_pixels.h"

void fsd::BernoulliStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixels_on_gpu(probability, channel, x, y, sample);
}
