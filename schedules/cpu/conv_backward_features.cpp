// CPU schedule of conv_backward_features: products in register tiles, added to the map strip by strip.
#include "generators/conv_backward_features.h"

#include "schedules/idioms/adjoint_strips.h"

void fsd::ConvBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    adjoint_in_strips(d_features, input, sample, adjoint, adjoint_parameters(measured, target));
}
