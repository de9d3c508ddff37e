// CPU schedule of conv: that of kld_conv.
#include "generators/conv.h"

#include "schedules/idioms/window_strips.h"

void fsd::Conv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    convolution_in_strips(preactivation, output, places, window, window_tiling(measured, target));
}
