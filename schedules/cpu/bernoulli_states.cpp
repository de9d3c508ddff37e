// CPU schedule of bernoulli_states: vectors of pixels, the states interleaved by shuffles.
#include "generators/bernoulli_states.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::BernoulliStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var row{"row"}, lane{"lane"};
    image.dim(0).set_min(0);
    probability.dim(0).set_min(0);
    probability.fuse(y, sample, row);
    parallel_rows(probability, row, probability.dim(0).extent() * probability.dim(1).extent());
    for (int colors : {1, 3}) {
        const Expr dense = image.dim(0).extent() == colors && image.dim(1).stride() == colors &&
                           probability.dim(0).extent() == 2 * colors &&
                           probability.dim(1).stride() == 2 * colors;
        probability.specialize(dense)
            .split(x, x, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
            .reorder(channel, lane, x, row)
            .unroll(channel)
            .vectorize(lane);
    }
}
