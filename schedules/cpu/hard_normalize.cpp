// CPU schedule of hard_normalize: tiles of rows; three passes over a tile, which stays in the level-1
// cache.
#include "generators/hard_normalize.h"

#include "schedules/idioms/row_tiles.h"

void fsd::HardNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const Expr states = posterior.dim(0).extent(), sites = posterior.dim(2).extent();
    Halide::Var task{"task"};
    tile_rows({logits}, posterior, state, group, site, natural_vector_size<float>(), task);
    reduce_tile(peak.peak, site, posterior, group, sites);
    reduce_tile(peak.faults, site, posterior, group, sites);
    compute_tile(peak.offset, site, posterior, group, sites, states);
}
