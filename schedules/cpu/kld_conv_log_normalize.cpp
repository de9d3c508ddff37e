// CPU schedule of kld_conv_log_normalize: log-posteriors are computed where their evidence was summed, a tile
// of sites of one group at a time.
#include "generators/kld_conv_log_normalize.h"

#include "schedules/idioms/posterior_strips.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvLogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const WindowTiling tiling = window_tiling(measured, target);
    const StripLoops loops = in_strips(log_posterior.update(), places, window, tiling, {state}, {group});
    log_posterior.update().vectorize(state, window.lanes, Halide::TailStrategy::Predicate);
    normalize_tile(bayes, Halide::LoopLevel(log_posterior, group), tiling.sites.normalized, window.lanes);
    observe_in_strips(window, log_posterior, loops.strip, loops.task);
    sum_in_tiles(window, tiling, log_posterior, loops.tile, Halide::LoopLevel(log_posterior, loops.task));
    specialize_sites(log_posterior.update(), window, true);
}
