// GPU schedule of bernoulli_states: a thread per probability.
#include "generators/bernoulli_states.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::BernoulliStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(probability, {channel, x, y, sample});
}
