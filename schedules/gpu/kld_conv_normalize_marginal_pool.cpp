// GPU schedule of kld_conv_normalize_marginal_pool: the evidence in tiles, Bayes' rule with a thread per row
// and a thread per state, then a thread per mean. What lies between goes through the device's memory.
#include "generators/kld_conv_normalize_marginal_pool.h"

#include "schedules/idioms/gpu_rows.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::KldConvNormalizeMarginalPool::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    evidence_in_memory(window, tile);
    rows_in_memory(bayes);
    elements_in_memory(bayes.result);
    elements_on_gpu(marginal, {state, group, pool_x, pool_y, sample}, {sum});
}
