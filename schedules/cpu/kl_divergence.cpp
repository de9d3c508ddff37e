// CPU schedule of kl_divergence: tiles of 16 rows.
#include "generators/kl_divergence.h"

#include "schedules/idioms/row_tiles.h"

void fsd::KlDivergence::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var tile{"tile"};
    tile_rows({probability, reference}, divergence, site, probability.dim(0).extent(), tile);
    reduce_tile(sum, site, divergence, tile);
}
