// GPU schedule of posterior_log_normalizer: a thread reduces a row of a group; blocks of threads
// that share rows (gpu_row_blocks.h) are for outputs of one group or of states.
#include "generators/posterior_log_normalizer.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::PosteriorLogNormalizer::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(peak);
    rows_in_memory(largest);
    rows_in_memory(hidden);
    elements_on_gpu(log_normalizer, {group, site});
}
