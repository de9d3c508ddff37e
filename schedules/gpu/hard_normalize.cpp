// GPU schedule of hard_normalize: a thread per row, then a thread per state.
#include "generators/hard_normalize.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::HardNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(peak);
    elements_on_gpu(posterior, {state, group, site});
}
