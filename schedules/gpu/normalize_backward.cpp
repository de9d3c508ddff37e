// GPU schedule of normalize_backward: a block of threads for a tile of rows.
#include "generators/normalize_backward.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::NormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    if (shares_rows(target)) {
        BlocksOfRows rows(d_logits, {state, group, site}, {&mean});
        rows.stage(posterior);
        rows.stage(d_posterior);
        rows.schedule();
        return;
    }
    rows_in_memory(mean);
    elements_on_gpu(d_logits, {state, group, site});
}
