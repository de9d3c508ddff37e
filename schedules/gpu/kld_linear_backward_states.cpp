// GPU schedule of kld_linear_backward_states: tiles of inputs x samples, as kld_linear.
#include "generators/kld_linear_backward_states.h"

#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinearBackwardStates::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    pack_panels_on_gpu(transposed.filters);
    const Halide::Var thread = tile_on_gpu(d_probability, input, sample, transposed.filters.lanes, {}, tile);
    sums_in_thread(transposed, Halide::LoopLevel(d_probability, thread), tile);
}
