// CPU schedule of bernoulli_states: vectors of pixels.
#include "generators/bernoulli_states.h"

#include "schedules/idioms/pixel_rows.h"

void fsd::BernoulliStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    pixel_rows(probability, image, 2, channel, x, y, sample, natural_vector_size<float>());
}
