// GPU schedule of grouped_conv_backward_features: a thread per element.
#include "generators/grouped_conv_backward_features.h"

#include "schedules/idioms/gpu_grouped.h"

void fsd::GroupedConvBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    grouped_on_gpu(d_features, x, y, sample, grouped);
}
