// CPU schedule of log_normalize: tiles of 16 rows; three passes over a tile, which stays in the level-1
// cache.
#include "generators/log_normalize.h"

#include "schedules/idioms/row_tiles.h"

void fsd::LogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var task{"task"};
    tile_rows(log_posterior, state, group, site, natural_vector_size<float>(), task);
    reduce_tile(peak, site, log_posterior, group);
    reduce_tile(mass, site, log_posterior, group);
    compute_tile(log_mass, site, log_posterior, group);
}
