// GPU schedule of normalize_marginal_pool_backward: a thread per site and state gathers from its windows, a
// thread per row adds up, then a thread per site and state.
#include "generators/normalize_marginal_pool_backward.h"

#include "schedules/idioms/gpu_rows.h"

void fsd::NormalizeMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    elements_in_memory(weighted, {d_posterior});
    rows_in_memory(mean);
    elements_on_gpu(d_logits, {state, group, x, y, sample});
}
