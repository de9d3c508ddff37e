// One thread per element of a tensor, neighboring threads at neighboring addresses.
#pragma once

#include "Halide.h"

#include <algorithm>
#include <vector>

namespace fsd {

// Eight warps: every GPU can run a block of 256.
constexpr int gpu_threads_per_block = 256;

// The axis that goes on along the blocks, of which a device takes any number: the site, or the columns of a
// map.
inline std::size_t long_axis(const std::vector<Halide::Var> &axes) {
    return axes.size() == 4 ? 1 : std::min<std::size_t>(axes.size() - 1, 2);
}

// Runs the loops `axes` (innermost first) of a stage as threads: 16 along the first axis, 16 along the one at
// `along`, in blocks along the others but the second of five. The axes are not fused: what Halide infers from
// a quotient by an extent is far too large. Returns the innermost loop over threads, where other stages can
// be computed: they stay in a thread's registers.
inline Halide::Var threads_over(Halide::Stage stage, const std::vector<Halide::Var> &axes,
                                std::size_t along) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var thread("element_thread"), row("element_row"), block("element_block"),
        chunk("element_chunk");
    if (axes.size() == 1) {
        stage.split(axes[0], block, thread, gpu_threads_per_block, guard)
            .gpu_blocks(block)
            .gpu_threads(thread);
        return thread;
    }
    constexpr int side = 16;
    stage.split(axes[0], chunk, thread, side, guard).split(axes[along], block, row, side, guard);
    std::vector<Halide::VarOrRVar> order;
    for (std::size_t i = 1; i < axes.size(); i++) {
        if (i != along) {
            order.emplace_back(axes[i]);
        }
    }
    std::vector<Halide::VarOrRVar> serial{chunk};
    if (order.size() == 3) {
        serial.push_back(order.front());
        order.erase(order.begin());
    }
    std::vector<Halide::VarOrRVar> all = serial;
    all.insert(all.end(), {thread, row, block});
    all.insert(all.end(), order.begin(), order.end());
    stage.reorder(all).gpu_threads(thread, row).gpu_blocks(block);
    for (const Halide::VarOrRVar &axis : order) {
        stage.gpu_blocks(axis);
    }
    return serial.front().var;
}
inline Halide::Var threads_over(Halide::Stage stage, const std::vector<Halide::Var> &axes) {
    return threads_over(stage, axes, long_axis(axes));
}

// Threads along one axis of an update that writes each element once, in blocks along it and along `others`;
// the axes before it are loops of a thread. The order of the axes stays: Halide cannot see that it does not
// matter.
inline void threads_along(Halide::Stage stage, const Halide::RVar &axis,
                          const std::vector<Halide::VarOrRVar> &others) {
    constexpr int length = 64;
    const Halide::RVar block("place_block"), thread("place_thread");
    stage.allow_race_conditions()
        .split(axis, block, thread, length, Halide::TailStrategy::GuardWithIf)
        .gpu_threads(thread)
        .gpu_blocks(block);
    for (const Halide::VarOrRVar &other : others) {
        stage.gpu_blocks(other);
    }
}

// Schedules a stage of a pipeline whose elements need no more than a sum or two each: the sums are computed
// by the element's thread, one term after the other.
template<typename Output>
void elements_on_gpu(Output &output, const std::vector<Halide::Var> &axes,
                     const std::vector<Halide::Func> &sums = {}) {
    const Halide::Var element = threads_over(output, axes);
    for (Halide::Func sum : sums) {
        sum.compute_at(output, element);
    }
}

// The same for a stage that others read: it lies in the device's memory.
inline void elements_in_memory(Halide::Func func, const std::vector<Halide::Func> &sums = {}) {
    func.compute_root();
    elements_on_gpu(func, func.args(), sums);
}

}  // namespace fsd
