// CPU schedule of conv_relu: that of kld_conv.
#include "generators/conv_relu.h"

#include "schedules/idioms/window_strips.h"

void fsd::ConvRelu::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    convolution_in_strips(activation, output, places, window, window_tiling(measured, target));
}
