// GPU schedule of linear: tiles of outputs x samples, each thread with its sums in registers.
#include "generators/linear.h"

#include "schedules/idioms/gpu_products.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::Linear::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    pack_panels_on_gpu(linear.filters);
    linear_products_on_gpu(features, preactivation, output, sample, linear, target, tiles);
}
