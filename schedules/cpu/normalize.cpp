// CPU schedule of normalize: tiles of rows, whose exponentials are computed once and kept; rows of few states
// in registers, one vector per state.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, 65,536 numbers in the level-2 cache, microseconds, in
// brackets before tiles of 2 KiB, vectors of states and the exponential of nonpositive numbers: 2 states 13
// (251), 10 states 21 (53), 16 states 22 (27), 32 states 15.6 (20), 64 states 13.8 (16.5). 16 Mi numbers out
// of all caches, share of the bandwidth of a copy: 2 states 87 %, others 50 to 68 %.
#include "generators/normalize.h"

#include "schedules/idioms/row_tiles.h"

void fsd::Normalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    Halide::Var task{"task"};
    tile_rows({logits}, posterior, state, group, site, vector, task);
    reduce_tile(peak, site, posterior, group);
    weight.compute_at(posterior, group)
        .hoist_storage(posterior, task)
        .vectorize(state, vector, Halide::TailStrategy::GuardWithIf);
    reduce_tile(mass, site, posterior, group);
    compute_tile(scale, site, posterior, group);
}
