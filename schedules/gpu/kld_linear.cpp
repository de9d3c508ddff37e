// GPU schedule of kld_linear: tiles of outputs x samples, each thread with its sums in registers.
#include "generators/kld_linear.h"

#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinear::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    pack_panels_on_gpu(linear.filters);
    const Halide::Var thread = tile_on_gpu(log_evidence, output, sample, linear.filters.lanes, {}, tile);
    sums_in_thread(linear, Halide::LoopLevel(log_evidence, thread), tile);
}
