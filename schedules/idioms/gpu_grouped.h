// Grouped convolutions and copies of maps on a GPU: a thread per element.
#pragma once

#include "generators/grouped_sums.h"
#include "schedules/idioms/gpu_tiles.h"

namespace fsd {

// Copies a map with zeros around it; neighboring threads copy neighboring numbers. A device takes any number
// of blocks along the samples, the innermost loop over blocks.
inline void copy_map_on_gpu(ChannelMap &map) {
    constexpr int side = 16;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::RVar chunk("copied_chunk"), lane("copied_lane"), block("copied_block"), row("copied_row");
    elements_in_memory(map.func);
    writes_each_element_once(map.func, 0);
    map.func.update()
        .split(map.copied.x, chunk, lane, side, guard)
        .split(map.copied.y, block, row, side, guard)
        .reorder(chunk, lane, row, map.sample, block, map.y)
        .gpu_threads(lane, row)
        .gpu_blocks(map.sample, block, map.y);
}

// Schedules an operator whose update over `grouped.channels` writes the channels of the sites x, y of
// `result`.
inline void grouped_on_gpu(const Halide::Func &result, const Halide::Var &x, const Halide::Var &y,
                           const Halide::Var &sample, GroupedSums &grouped) {
    constexpr int side = 16;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    copy_map_on_gpu(grouped.map);
    elements_in_memory(grouped.filters);
    elements_in_memory(grouped.sums, {grouped.sum});
    const Halide::RVar chunk("channel_chunk"), thread("channel_thread");
    const Halide::Var block("site_block"), row("site_row");
    writes_each_element_once(result, 0);
    Halide::Func(result)
        .update()
        .split(grouped.channels.x, chunk, thread, side, guard)
        .split(x, block, row, side, guard)
        .reorder(chunk, grouped.channels.y, thread, row, sample, block, y)
        .gpu_threads(thread, row)
        .gpu_blocks(sample, block, y);
}

}  // namespace fsd
