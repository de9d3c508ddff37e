// GPU schedule of log_normalize: a block of threads for a tile of rows.
#include "generators/log_normalize.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::LogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ScheduleParameters chosen = measured.choose(target, row_block_parameters(target));
    if (shares_rows(chosen)) {
        BlocksOfRows rows(log_posterior, {state, group, site}, {&peak, &mass}, row_blocks(chosen));
        rows.stage(logits);
        rows.compute(log_mass);
        rows.schedule();
        return;
    }
    rows_in_memory(peak);
    rows_in_memory(mass);
    numbers_in_memory(log_mass);
    elements_on_gpu(log_posterior, {state, group, site});
}
