// CPU schedule of linear_backward_features: that of linear.
#include "generators/linear_backward_features.h"

#include "schedules/idioms/linear_strips.h"

void fsd::LinearBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const LinearTiling tiling = linear_tiling(measured.choose(target, layer_parameters(target)));
    linear_in_strips(d_features, input, sample, transposed, tiling);
}
