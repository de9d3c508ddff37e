// CPU schedule of kld_conv_normalize: posteriors are computed where their evidence was summed, a tile of
// sites of one group at a time.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, share of the FMA peak, where normalization counts as no
// operation: 3x3 32 -> 64 states on 32x32 sites, batch 16: 80 to 84 %; 3x3 128 -> 128 on 100x80: 96 %; 5x5 16
// -> 32 on 8x8 outputs, batch 64: 86 %; 5x5 1 -> 16 on 24x24, batch 64: 20 %, where an exponential, about 25
// operations, comes with 25 multiply-adds.
#include "generators/kld_conv_normalize.h"

#include "schedules/idioms/posterior_strips.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const WindowTiling tiling = window_tiling(measured, target);
    const StripLoops loops = in_strips(posterior.update(), places, window, tiling, {state}, {group});
    posterior.update().vectorize(state, window.lanes, Halide::TailStrategy::Predicate);
    normalize_tile(bayes, Halide::LoopLevel(posterior, group), tiling.sites.normalized, window.lanes);
    observe_in_strips(window, posterior, loops.strip, loops.task);
    sum_in_tiles(window, tiling, posterior, loops.tile, Halide::LoopLevel(posterior, loops.task));
    specialize_sites(posterior.update(), window, true);
}
