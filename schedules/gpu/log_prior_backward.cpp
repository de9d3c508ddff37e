// GPU schedule of log_prior_backward: the sites in blocks, a thread per output and block; then a thread per
// output adds the blocks in order.
#include "generators/log_prior_backward.h"

#include "schedules/idioms/gpu_site_sums.h"

void fsd::LogPriorBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    sum_over_sites_on_gpu(sum, sites, d_log_evidence.dim(1).extent(), output);
    elements_on_gpu(d_log_prior, {output}, {sum});
}
