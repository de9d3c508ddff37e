// CPU schedule of sigmoid: bound by exp and the division.
#include "generators/sigmoid.h"

#include "schedules/idioms/element_wise.h"

void fsd::Sigmoid::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    element_wise(activation, {argument}, state, site, natural_vector_size<float>());
}
