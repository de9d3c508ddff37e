// GPU schedule of batch_norm_backward: the sites in blocks, a thread per channel and block, then a
// thread per channel adds the blocks in order; then a thread per element.
#include "generators/batch_norm_backward.h"

#include "schedules/idioms/gpu_site_sums.h"

void fsd::BatchNormBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const Expr count = preactivation.dim(1).extent();
    sum_over_sites_on_gpu(sums, sites, count, channel);
    elements_in_memory(totals, {sums});
    for (Halide::Func number : {inverse, common, share, slope}) {
        elements_in_memory(number);
    }
    elements_on_gpu(d_preactivation, {channel, site});
    elements_on_gpu(d_scale, {channel});
    elements_on_gpu(d_shift, {channel});
}
