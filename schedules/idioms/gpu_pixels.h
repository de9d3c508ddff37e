// One thread per pixel: the few numbers that are made of it are a loop.
#pragma once

#include "Halide.h"

namespace fsd {

// Schedules an output (number, x, y, sample): a warp along a row of the image, so that its reads and writes
// are runs of memory, eight rows in a block. Threads along the numbers, of which a gray pixel has one, would
// leave most of a block without work.
template<typename Output>
void pixels_on_gpu(Output &output, const Halide::Var &number, const Halide::Var &x, const Halide::Var &y,
                   const Halide::Var &sample) {
    constexpr int columns = 32, rows = 8;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var column("pixel_column"), row("pixel_row");
    output.split(x, x, column, columns, guard)
        .split(y, y, row, rows, guard)
        .reorder(number, column, row, x, y, sample)
        .never_partition_all()
        .gpu_threads(column, row)
        .gpu_blocks(x, y, sample);
}

}  // namespace fsd
