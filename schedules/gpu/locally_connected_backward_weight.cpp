// GPU schedule of locally_connected_backward_weight: a thread per output and input, for each place of the
// window.
#include "generators/locally_connected_backward_weight.h"

#include "schedules/idioms/gpu_grouped.h"

void fsd::LocallyConnectedBackwardWeight::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    constexpr int side = 16;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var chunk("output_chunk"), thread("output_thread"), block("input_block"), row("input_row");
    copy_map_on_gpu(map);
    d_weight.split(output, chunk, thread, side, guard)
        .split(input, block, row, side, guard)
        .reorder(chunk, window_x, window_y, thread, row, block, output_x, output_y)
        .gpu_threads(thread, row)
        .gpu_blocks(block, output_x, output_y);
    sum.compute_at(d_weight, chunk);
}
