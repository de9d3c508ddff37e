// What the sums of a window read on a GPU, each in as few launches as Halide allows.
#pragma once

#include "generators/window_evidence.h"
#include "schedules/idioms/gpu_tiles.h"

namespace fsd {

// Copies the map with its padding, the samples of each number side by side: a warp writes whole lines, and
// reads 32 bytes or more of each of its samples.
inline void observe_samples(WindowEvidence &window) {
    constexpr int lanes = 32, columns = 8;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var block("sample_block"), lane("sample_lane");
    const Halide::RVar x("observed_x");
    window.observed.compute_root()
        .reorder_storage(window.sample, window.element, window.y)
        .align_storage(window.sample, 4);
    window.observed.update()
        .allow_race_conditions()
        .split(window.sample, block, lane, lanes, guard)
        .split(window.copied.y, window.copied.y, x, columns, guard)
        .reorder(window.copied.x, lane, x, window.copied.y, window.y, block)
        .never_partition_all()
        .gpu_threads(lane, x)
        .gpu_blocks(window.copied.y, window.y, block);
}

inline void prepare_samples(WindowEvidence &window) {
    pack_panels_on_gpu(window.filters);
    window.prior.compute_root();
    threads_along(window.prior.update(), window.outputs.x, {window.outputs.y});
    observe_samples(window);
}

}  // namespace fsd
