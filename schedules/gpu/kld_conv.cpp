// GPU schedule of kld_conv: tiles of outputs x sites, each thread with its sums in registers, then a copy in
// the order of the map: Halide allots the observed map far too much memory where it does not see the tiles
// begin at site 0.
#include "generators/kld_conv.h"

#include "schedules/idioms/gpu_tiles.h"

void fsd::KldConv::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    evidence_in_memory(window, tile);
    sites_on_gpu(log_evidence.update(), output, places);
}
