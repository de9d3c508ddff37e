// GPU schedule of conv_relu: that of kld_conv.
#include "generators/conv_relu.h"

#include "schedules/idioms/gpu_products.h"

void fsd::ConvRelu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters(true)));
    convolution_on_gpu(activation, output, places, window, target, tiles);
}
