// GPU schedule of log_normalize_backward: a block of threads for a tile of rows.
#include "generators/log_normalize_backward.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::LogNormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    if (shares_rows(target)) {
        BlocksOfRows rows(d_logits, {state, group, site}, {&total});
        rows.stage(d_log_posterior);
        rows.schedule();
        return;
    }
    rows_in_memory(total);
    elements_on_gpu(d_logits, {state, group, site});
}
