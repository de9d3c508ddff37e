// GPU schedule of log_hard_normalize: a block of threads for a tile of rows.
#include "generators/log_hard_normalize.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::LogHardNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    if (shares_rows(target)) {
        BlocksOfRows rows(log_posterior, {state, group, site}, {&peak.peak, &peak.faults});
        rows.stage(logits);
        rows.compute(peak.offset);
        rows.schedule();
        return;
    }
    rows_in_memory(peak);
    elements_on_gpu(log_posterior, {state, group, site});
}
