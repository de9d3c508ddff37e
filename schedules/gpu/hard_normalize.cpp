// GPU schedule of hard_normalize: a block of threads for a tile of rows.
#include "generators/hard_normalize.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::HardNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    if (shares_rows(target)) {
        BlocksOfRows rows(posterior, {state, group, site}, {&peak.peak, &peak.faults});
        rows.stage(logits);
        rows.compute(peak.offset);
        rows.schedule();
        return;
    }
    rows_in_memory(peak);
    elements_on_gpu(posterior, {state, group, site});
}
