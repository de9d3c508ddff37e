// GPU schedule of linear_backward_features: tiles of inputs x samples, as linear.
#include "generators/linear_backward_features.h"

#include "schedules/idioms/gpu_products.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::LinearBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    pack_panels_on_gpu(transposed.filters);
    linear_products_on_gpu(d_preactivation, d_features, input, sample, transposed, target, tiles);
}
