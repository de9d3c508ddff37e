// CPU schedule of success_probability: a dense row of pixels is one run of bytes.
#include "generators/success_probability.h"

#include "schedules/idioms/element_wise.h"

void fsd::SuccessProbability::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    Halide::Var row{"row"}, lane{"lane"}, run{"run"};
    probability.fuse(y, sample, row);
    parallel_rows(probability, row, probability.dim(0).extent() * probability.dim(1).extent());
    // The last vector of a row is shifted back into it: bytes have no masked loads below AVX-512.
    const Expr length = probability.dim(0).extent() * probability.dim(1).extent();
    probability.specialize(rows_touch(probability, {image}) && length >= vector)
        .fuse(color, x, run)
        .split(run, run, lane, vector, Halide::TailStrategy::ShiftInwards)
        .vectorize(lane);
}
