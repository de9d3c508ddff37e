// GPU schedule of kld_linear: tiles of outputs x samples, each thread with its sums in registers.
#include "generators/kld_linear.h"

#include "schedules/idioms/gpu_products.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinear::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    pack_panels_on_gpu(linear.filters);
    linear_products_on_gpu(probability, log_evidence, output, sample, linear, target, tiles);
}
