// GPU schedule of normalize: a thread per row, then a thread per state. Exponentials are taken twice: they
// cost less than their way through the memory.
#include "generators/normalize.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::Normalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(peak);
    rows_in_memory(mass);
    numbers_in_memory(scale);
    elements_on_gpu(posterior, {state, group, site});
}
