// GPU schedule of normalize: a block of threads for a tile of rows. Exponentials are taken twice: they cost
// less than their way through the memory.
#include "generators/normalize.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::Normalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ScheduleParameters chosen = measured.choose(target, row_block_parameters(target));
    if (shares_rows(chosen)) {
        BlocksOfRows rows(posterior, {state, group, site}, {&peak, &mass}, row_blocks(chosen));
        rows.stage(logits);
        rows.compute(scale);
        rows.inlined_in_long_rows(weight);
        rows.schedule();
        return;
    }
    rows_in_memory(peak);
    rows_in_memory(mass);
    numbers_in_memory(scale);
    elements_on_gpu(posterior, {state, group, site});
}
