// GPU schedule of kld_conv: tiles of outputs x sites, each thread with its sums in registers, then a copy in
// the order of the map: Halide allots the observed map far too much memory where it does not see the tiles
// begin at site 0.
#include "generators/kld_conv.h"

#include "schedules/idioms/gpu_products.h"

void fsd::KldConv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters(true)));
    convolution_on_gpu(log_evidence, output, places, window, target, tiles);
}
