// Rows of pixels from the numbers of an image.
#pragma once

#include "schedules/idioms/parallel_rows.h"

namespace fsd {

// Schedules an output (number, x, y, sample) with `numbers_per_color` numbers for each color of `image`:
// vectors of gray and of RGB pixels, their numbers interleaved by shuffles. The last vector of a row is
// shifted back into it: bytes have no masked loads below AVX-512.
template<typename Output, typename Image>
void pixel_rows(Output &output, const Image &image, int numbers_per_color, const Halide::Var &number,
                const Halide::Var &x, const Halide::Var &y, const Halide::Var &sample, int vector) {
    Halide::Var row{"row"}, lane{"lane"};
    output.fuse(y, sample, row);
    parallel_rows(output, row, output.dim(0).extent() * output.dim(1).extent());
    output.dim(0).set_min(0);
    for (int colors : {1, 3}) {
        const int numbers = numbers_per_color * colors;
        const Halide::Expr dense = image.dim(0).extent() == colors && image.dim(1).stride() == colors &&
                                   output.dim(0).extent() == numbers && output.dim(1).stride() == numbers;
        output.specialize(dense && output.dim(1).extent() >= vector)
            .split(x, x, lane, vector, Halide::TailStrategy::ShiftInwards)
            .reorder(number, lane, x, row)
            .unroll(number)
            .vectorize(lane);
    }
}

}  // namespace fsd
