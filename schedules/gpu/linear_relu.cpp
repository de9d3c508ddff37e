// GPU schedule of linear_relu: tiles of outputs x samples, each thread with its sums in registers.
#include "generators/linear_relu.h"

#include "schedules/idioms/gpu_products.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::LinearRelu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    pack_panels_on_gpu(linear.filters);
    linear_products_on_gpu(features, activation, output, sample, linear, target, tiles);
}
