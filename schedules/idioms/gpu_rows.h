// Rows of states on a GPU: a thread reduces a row, then a thread per state writes the result.
//
// A thread reads a row in runs of 16 numbers, whole sectors of the memory, and no two threads wait for each
// other: no barriers, no shared memory. What the rows give, a number each, lies in the device's memory for
// the threads of the states. Rows of thousands of states leave most of a device idle unless there are
// thousands of them.
#pragma once

#include "generators/bayes.h"
#include "generators/valid_peak.h"
#include "schedules/idioms/gpu_elements.h"

namespace fsd {

// Threads for the rows `axes` (the group first): along the second axis, in blocks along the others. `inner`
// is a loop in the thread.
inline void threads_over_rows(Halide::Stage stage, const std::vector<Halide::Var> &axes,
                              const std::vector<Halide::VarOrRVar> &inner = {}) {
    const Halide::Var block("rows_block"), thread("rows_thread");
    const Halide::Var along = axes.size() == 1 ? axes[0] : axes[1];
    std::vector<Halide::VarOrRVar> order = inner, others(axes.begin() + 1, axes.end());
    if (axes.size() > 1) {
        others[0] = axes[0];
    }
    if (others.size() == 3) {
        order.push_back(others.front());
        others.erase(others.begin());
    }
    order.insert(order.end(), {thread, block});
    order.insert(order.end(), others.begin(), others.end());
    stage.split(along, block, thread, gpu_threads_per_block, Halide::TailStrategy::GuardWithIf)
        .reorder(order)
        .never_partition_all()
        .gpu_threads(thread)
        .gpu_blocks(block);
    for (const Halide::VarOrRVar &other : others) {
        stage.gpu_blocks(other);
    }
}

// One number per row, where others read it.
inline void numbers_in_memory(Halide::Func number) {
    number.compute_root();
    threads_over_rows(number, number.args());
}

// Computes the reduction for all rows.
inline void rows_in_memory(RowReduction &reduction) {
    Halide::Func &total = reduction.total, &partial = reduction.partial, &block_total = reduction.block_total;
    const Halide::RVar block = reduction.block_of_row;
    numbers_in_memory(total);
    threads_over_rows(total.update(), total.args(), {block});
    block_total.compute_at(total, block);
    partial.compute_at(total, block);
    partial.update(0).reorder(reduction.lane, reduction.chunk);
    partial.update(1).unscheduled();  // a few lanes, in order

    numbers_in_memory(reduction.few_total);
    threads_over_rows(reduction.few_total.update(), reduction.few_total.args(), {reduction.few});
}

inline void rows_in_memory(ValidPeak &peak) {
    rows_in_memory(peak.peak);
    rows_in_memory(peak.faults);
    numbers_in_memory(peak.offset);
}

// Bayes' rule up to the scale of each row.
inline void rows_in_memory(Bayes &bayes) {
    rows_in_memory(bayes.peak);
    rows_in_memory(bayes.mass);
    numbers_in_memory(bayes.scale);
}

}  // namespace fsd
