// CPU schedule of erf_backward: bound by exp.
#include "generators/erf_backward.h"

#include "schedules/idioms/element_wise.h"

void fsd::ErfBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    element_wise(d_argument, {argument, d_activation}, state, site, natural_vector_size<float>());
}
