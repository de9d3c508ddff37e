// GPU schedule of entropy: a thread per row.
#include "generators/entropy.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::Entropy::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(sum);
    elements_on_gpu(entropy, {site});
}
