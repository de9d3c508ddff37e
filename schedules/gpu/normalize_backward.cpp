// GPU schedule of normalize_backward: a thread per row, then a thread per state.
#include "generators/normalize_backward.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::NormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(mean);
    elements_on_gpu(d_logits, {state, group, site});
}
