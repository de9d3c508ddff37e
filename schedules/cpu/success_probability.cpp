// CPU schedule of success_probability: a dense row of pixels is one run of bytes.
#include "generators/success_probability.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::SuccessProbability::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var row{"row"}, lane{"lane"}, run{"run"};
    image.dim(0).set_min(0);
    probability.dim(0).set_min(0);
    probability.fuse(y, sample, row);
    parallel_rows(probability, row, probability.dim(0).extent() * probability.dim(1).extent());
    const Expr dense = image.dim(1).stride() == probability.dim(0).extent() &&
                       probability.dim(1).stride() == probability.dim(0).extent();
    probability.specialize(dense)
        .fuse(color, x, run)
        .split(run, run, lane, 2 * natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .vectorize(lane);
}
