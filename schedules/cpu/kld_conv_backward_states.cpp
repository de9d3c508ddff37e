// CPU schedule of kld_conv_backward_states: products in register tiles, added to the map strip by strip.
#include "generators/kld_conv_backward_states.h"

#include "schedules/idioms/adjoint_strips.h"

void fsd::KldConvBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    adjoint_in_strips(d_probability, input, sample, adjoint, adjoint_parameters(measured, target));
}
