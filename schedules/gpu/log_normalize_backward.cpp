// GPU schedule of log_normalize_backward: a thread per row, then a thread per state.
#include "generators/log_normalize_backward.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::LogNormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(total);
    elements_on_gpu(d_logits, {state, group, site});
}
