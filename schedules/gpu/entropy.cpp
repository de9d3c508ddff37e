// GPU schedule of entropy: a block of threads for a tile of rows.
#include "generators/entropy.h"

#include "schedules/idioms/gpu_row_blocks.h"
#include "schedules/idioms/gpu_rows.h"

void fsd::Entropy::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    if (shares_rows(target)) {
        BlocksOfRows rows(entropy, {Halide::Var("state"), site}, {&sum});
        rows.stage(probability);
        rows.schedule();
        return;
    }
    rows_in_memory(sum);
    elements_on_gpu(entropy, {site});
}
