// CPU schedule of normalize_marginal_pool_backward: one site at a time, vectors along the states.
#include "generators/normalize_marginal_pool_backward.h"

void fsd::NormalizeMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf;
    d_logits.vectorize(state, vector, tail).parallel(sample);
    total.compute_at(d_logits, group);
    d_posterior.compute_at(d_logits, group).vectorize(state, vector, tail);
    d_posterior.update().reorder(state, overlap.x, overlap.y).vectorize(state, vector, tail);
}
