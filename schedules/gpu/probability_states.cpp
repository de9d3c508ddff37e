// GPU schedule of probability_states: a thread per pixel.
#include "generators/probability_states.h"

#include "schedules/idioms/gpu_pixels.h"

void fsd::ProbabilityStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixels_on_gpu(states, channel, x, y, sample);
}
