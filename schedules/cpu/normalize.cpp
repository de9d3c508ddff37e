// CPU schedule of normalize: tiles of 16 rows, whose exponentials are computed once and kept.
#include "generators/normalize.h"

#include "schedules/idioms/row_tiles.h"

void fsd::Normalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    Halide::Var task{"task"};
    tile_rows(posterior, state, group, site, vector, task);
    reduce_tile(peak, site, posterior, group);
    weight.compute_at(posterior, group)
        .hoist_storage(posterior, task)
        .vectorize(state, vector, Halide::TailStrategy::GuardWithIf);
    reduce_tile(mass, site, posterior, group);
    compute_tile(scale, site, posterior, group);
}
