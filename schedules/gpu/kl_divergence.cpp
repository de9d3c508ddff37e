// GPU schedule of kl_divergence: a thread per row.
#include "generators/kl_divergence.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::KlDivergence::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(sum);
    elements_on_gpu(divergence, {site});
}
