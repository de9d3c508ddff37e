// CPU schedule of entropy: tiles of 16 rows.
#include "generators/entropy.h"

#include "schedules/idioms/row_tiles.h"

void fsd::Entropy::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var tile{"tile"};
    tile_rows({probability}, entropy, site, probability.dim(0).extent(), tile);
    reduce_tile(sum, site, entropy, tile);
}
