// CPU schedule of sigmoid_backward: memory-bound.
#include "generators/sigmoid_backward.h"

#include "schedules/idioms/element_wise.h"

void fsd::SigmoidBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    element_wise(d_argument, {argument, d_activation}, state, site, natural_vector_size<float>());
}
