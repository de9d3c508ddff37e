// GPU schedule of log_normalize: a thread per row, then a thread per state.
#include "generators/log_normalize.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::LogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(peak);
    rows_in_memory(mass);
    numbers_in_memory(log_mass);
    elements_on_gpu(log_posterior, {state, group, site});
}
