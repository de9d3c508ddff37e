// CPU schedule of probability_states: vectors of pixels.
#include "generators/probability_states.h"

#include "schedules/idioms/pixel_rows.h"

void fsd::ProbabilityStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixel_rows(states, probability, 2, channel, x, y, sample, natural_vector_size<float>());
}
