// CPU schedule of erf: bound by its two polynomials and exp.
#include "generators/erf.h"

#include "schedules/idioms/element_wise.h"

void fsd::Erf::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    element_wise(activation, {argument}, state, site, natural_vector_size<float>());
}
