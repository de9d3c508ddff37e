// CPU schedule of relu: memory-bound.
#include "generators/relu.h"

#include "schedules/idioms/element_wise.h"

void fsd::Relu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    element_wise(activation, {argument}, state, site, natural_vector_size<float>());
}
