// GPU schedule of batch_norm: the sites in blocks, a thread per channel and block, for each of the two sums;
// a thread per channel adds the blocks in order; then a thread per element.
#include "generators/batch_norm.h"

#include "schedules/idioms/gpu_site_sums.h"

void fsd::BatchNorm::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const Expr count = preactivation.dim(1).extent();
    sum_over_sites_on_gpu(sum, sites, count, channel);
    elements_in_memory(center, {sum});
    sum_over_sites_on_gpu(squares, sites, count, channel);
    elements_in_memory(spread, {squares});
    elements_in_memory(slope);
    elements_on_gpu(mean, {channel});
    elements_on_gpu(variance, {channel});
    elements_on_gpu(normalized, {channel, site});
}
