// GPU schedule of conv_backward_features: products in tiles, then the sums at the sites of the map.
#include "generators/conv_backward_features.h"

#include "schedules/idioms/gpu_adjoint.h"

void fsd::ConvBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters(true)));
    adjoint_in_memory(d_preactivation, adjoint, target, tiles);
    elements_on_gpu(d_features, {input, x, y, sample});
}
