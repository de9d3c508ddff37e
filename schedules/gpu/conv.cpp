// GPU schedule of conv: that of kld_conv.
#include "generators/conv.h"

#include "schedules/idioms/gpu_products.h"

void fsd::Conv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters(true)));
    convolution_on_gpu(preactivation, output, places, window, target, tiles);
}
