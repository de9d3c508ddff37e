// CPU schedule of log_hard_normalize: tiles of rows; three passes over a tile, which stays in the level-1
// cache.
#include "generators/log_hard_normalize.h"

#include "schedules/idioms/row_tiles.h"

void fsd::LogHardNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const Expr states = log_posterior.dim(0).extent(), sites = log_posterior.dim(2).extent();
    Halide::Var task{"task"};
    tile_rows({logits}, log_posterior, state, group, site, natural_vector_size<float>(), task);
    reduce_tile(peak.peak, site, log_posterior, group, sites);
    reduce_tile(peak.faults, site, log_posterior, group, sites);
    compute_tile(peak.offset, site, log_posterior, group, sites, states);
}
