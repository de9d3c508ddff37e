// GPU schedule of locally_connected_backward_features: a thread per element.
#include "generators/locally_connected_backward_features.h"

#include "schedules/idioms/gpu_elements.h"

void fsd::LocallyConnectedBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_on_gpu(d_features, {input, x, y, sample}, {sum, partial});
}
