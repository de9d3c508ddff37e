// GPU schedule of kl_divergence: a block of threads for a tile of rows.
#include "generators/kl_divergence.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::KlDivergence::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    if (shares_rows(target)) {
        BlocksOfRows rows(divergence, {Halide::Var("state"), site}, {&sum});
        rows.stage(probability);
        rows.stage(reference);
        rows.schedule();
        return;
    }
    rows_in_memory(sum);
    elements_on_gpu(divergence, {site});
}
