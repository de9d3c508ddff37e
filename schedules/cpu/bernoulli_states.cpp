// CPU schedule of bernoulli_states: vectors of pixels, the states interleaved by shuffles.
#include "generators/bernoulli_states.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::BernoulliStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    Halide::Var row{"row"}, lane{"lane"};
    probability.fuse(y, sample, row);
    parallel_rows(probability, row, probability.dim(0).extent() * probability.dim(1).extent());
    probability.dim(0).set_min(0);
    // The last vector of a row is shifted back into it: bytes have no masked loads below AVX-512.
    for (int colors : {1, 3}) {
        const Expr dense = image.dim(0).extent() == colors && image.dim(1).stride() == colors &&
                           probability.dim(0).extent() == 2 * colors &&
                           probability.dim(1).stride() == 2 * colors;
        probability.specialize(dense && probability.dim(1).extent() >= vector)
            .split(x, x, lane, vector, Halide::TailStrategy::ShiftInwards)
            .reorder(channel, lane, x, row)
            .unroll(channel)
            .vectorize(lane);
    }
}
