// CPU schedule of log_normalize_backward: tiles of 16 rows.
#include "generators/log_normalize_backward.h"

#include "schedules/idioms/row_tiles.h"

void fsd::LogNormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var task{"task"};
    tile_rows(d_logits, state, group, site, natural_vector_size<float>(), task);
    reduce_tile(total, site, d_logits, group);
}
