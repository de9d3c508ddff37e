// CPU schedule of grouped_conv_backward_features: that of grouped_conv.
#include "generators/grouped_conv_backward_features.h"

#include "schedules/idioms/grouped_strips.h"

void fsd::GroupedConvBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    grouped_in_strips(d_features, x, y, sample, grouped, grouped_tiling(measured, target));
}
