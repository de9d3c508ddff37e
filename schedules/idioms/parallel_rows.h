// Shares rows among threads, unless the problem is too small to be worth it.
#pragma once

#include "Halide.h"

namespace fsd {

// Numbers below this one that a thread writes do not repay waking it: 16 Ki floats take about 4 microseconds,
// waking a worker 2 to 10 (Halide's runtime wakes nobody where there is one task only).
constexpr int elements_per_task = 1 << 14;

// Runs `rows` in parallel, in tasks of at least elements_per_task; `rows` stays the loop over the rows of a
// task.
inline void parallel_rows(Halide::Stage stage, const Halide::Var &rows,
                          const Halide::Expr &elements_per_row) {
    const Halide::Expr size = max(elements_per_task / max(elements_per_row, 1), 1);
    Halide::Var task{"task"};
    stage.split(rows, task, rows, size, Halide::TailStrategy::GuardWithIf).parallel(task);
}

}  // namespace fsd
