// CPU schedule of log_normalize: tiles of rows; three passes over a tile, which stays in the level-1 cache;
// rows of few states in registers, one vector per state.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, 65,536 numbers in the level-2 cache, microseconds, in
// brackets before tiles of 2 KiB, vectors of states and the exponential of nonpositive numbers: 2 states 21
// (257), 10 states 24 (52), 16 states 22 (31), 32 states 15 (23), 64 states 13.7 (17.6), 1000 states 15.5
// (17.2). 16 Mi numbers out of all caches, share of the bandwidth of a copy: 2 and 10 states 48 %, 16 states
// 54 %, 32, 64 and 1000 states 68 to 75 %. The exponential alone, 18 vector operations of which the processor
// does 2.5 per cycle, takes three fifths of the time of a copy. Not worth it: summing several rows side by
// side, prefetching the next tile.
#include "generators/log_normalize.h"

#include "schedules/idioms/row_tiles.h"

void fsd::LogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var task{"task"};
    tile_rows({logits}, log_posterior, state, group, site, natural_vector_size<float>(), task);
    reduce_tile(peak, site, log_posterior, group);
    reduce_tile(mass, site, log_posterior, group);
    compute_tile(log_mass, site, log_posterior, group);
}
