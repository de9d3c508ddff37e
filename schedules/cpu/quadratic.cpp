// CPU schedule of quadratic: memory-bound.
#include "generators/quadratic.h"

#include "schedules/idioms/element_wise.h"

void fsd::Quadratic::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    element_wise(activation, {argument}, state, site, natural_vector_size<float>());
}
