// CPU schedule of kld_conv_normalize: posteriors are computed where their evidence was summed, a tile of
// sites of one group at a time.
#include "generators/kld_conv_normalize.h"

#include "schedules/idioms/posterior_strips.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvNormalize::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const WindowTiling tiling = window_tiling(measured, target);
    const StripLoops loops = in_strips(posterior.update(), places, window, tiling, {state}, {group});
    posterior.update().vectorize(state, window.lanes, Halide::TailStrategy::Predicate);
    normalize_tile(bayes, Halide::LoopLevel(posterior, group), tiling.sites_per_tile, window.lanes);
    observe_in_strips(window, posterior, loops.strip, loops.task);
    sum_in_tiles(window, tiling, posterior, loops.tile);
}
