// CPU schedule of normalize_backward: one row at a time, vectors along the states.
#include "generators/normalize_backward.h"

void fsd::NormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    d_logits.vectorize(state, vector, Halide::TailStrategy::GuardWithIf)
        .parallel(site, 64, Halide::TailStrategy::GuardWithIf);
    total.compute_at(d_logits, group);
}
