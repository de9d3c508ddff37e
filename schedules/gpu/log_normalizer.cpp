// GPU schedule of log_normalizer: a thread reduces a row of a group; blocks of threads
// that share rows (gpu_row_blocks.h) are for outputs of one group or of states.
#include "generators/log_normalizer.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::LogNormalizer::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    rows_in_memory(peak);
    rows_in_memory(mass);
    elements_on_gpu(log_normalizer, {group, site});
}
