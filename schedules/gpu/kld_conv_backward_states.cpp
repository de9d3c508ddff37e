// GPU schedule of kld_conv_backward_states: what each site sends, in tiles; then a block per sample adds it
// up, window after window and site after site, with a thread for each state under the window: no two threads
// meet in one step.
#include "generators/kld_conv_backward_states.h"

#include "schedules/idioms/gpu_tiles.h"

void fsd::KldConvBackwardStates::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const GpuTile tile = gpu_tile(measured.choose(target, gpu_tile_parameters()));
    pack_panels_on_gpu(filters);
    Halide::Func stored = sent.in();
    Halide::Var map{"map"};
    const std::vector<Halide::Var> axes = stored.args();
    stored.compute_root().bound(axes[0], 0, filters.states * filters.groups).fuse(axes[2], axes[3], map);
    const Halide::Var thread = tile_on_gpu(stored, axes[0], axes[1], filters.lanes, {map}, tile);
    sum_in_thread(sent, sum, filters, column, site, {outputs}, Halide::LoopLevel(stored, thread), tile);

    elements_in_memory(received);
    Halide::RVar chunk{"chunk"}, state{"state_thread"};
    received.update()
        .allow_race_conditions()
        .split(reach.x, chunk, state, gpu_threads_per_block, Halide::TailStrategy::GuardWithIf)
        .reorder(chunk, state, reach.y, reach.z, reach.w, sample)
        .gpu_threads(state)
        .gpu_blocks(sample);
    elements_on_gpu(d_probability, {input, x, y, sample});
}
