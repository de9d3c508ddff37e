// GPU schedule of log_hard_normalize: a thread per row, then a thread per state.
#include "generators/log_hard_normalize.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::LogHardNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(peak);
    elements_on_gpu(log_posterior, {state, group, site});
}
