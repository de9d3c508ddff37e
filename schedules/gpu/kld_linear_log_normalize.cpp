// GPU schedule of kld_linear_log_normalize: the sums in tiles, then Bayes' rule with a thread per row and a
// thread per state.
#include "generators/kld_linear_log_normalize.h"

#include "schedules/idioms/gpu_rows.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinearLogNormalize::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    pack_panels_on_gpu(linear.filters);
    sums_in_memory(linear.sums, linear.sum, linear.filters, linear.output, linear.sample, {linear.term},
                   tile);
    rows_in_memory(bayes);
    elements_on_gpu(log_posterior, {state, group, sample});
}
