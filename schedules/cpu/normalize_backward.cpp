// CPU schedule of normalize_backward: tiles of 16 rows.
#include "generators/normalize_backward.h"

#include "schedules/idioms/row_tiles.h"

void fsd::NormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var task{"task"};
    tile_rows(d_logits, state, group, site, natural_vector_size<float>(), task);
    reduce_tile(mean, site, d_logits, group);
}
