// GPU schedule of kld_conv_normalize: the evidence in tiles, then Bayes' rule with a thread per row and a
// thread per state. The evidence goes through the device's memory, so that a row may have any number of
// states.
#include "generators/kld_conv_normalize.h"

#include "schedules/idioms/gpu_rows.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::KldConvNormalize::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    evidence_in_memory(window, tile);
    rows_in_memory(bayes);
    sites_on_gpu(posterior.update(), state, places, {group});
}
