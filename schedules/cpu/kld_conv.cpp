// CPU schedule of kld_conv: strips of the map, tiles of sites, register tiles.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, share of the FMA peak: 3x3 32 -> 64 states on 32x32
// sites, batch 16: 95 %; 3x3 128 -> 128 on 100x80: 97 %; 5x5 16 -> 32 on 8x8 outputs, batch 64: 96 %, batch 1
// 84 %, where the packing of the filters takes most of the rest; 5x5 1 -> 16 on 24x24: 38 %, since 25
// multiply-adds stand against one number to write.
#include "generators/kld_conv.h"

#include "schedules/idioms/window_strips.h"

void fsd::KldConv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    convolution_in_strips(log_evidence, output, places, window, window_tiling(measured, target));
}
