// CPU schedule of log_normalize_backward: one row at a time, vectors along the states.
#include "generators/log_normalize_backward.h"

void fsd::LogNormalizeBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    d_logits.vectorize(state, vector, Halide::TailStrategy::GuardWithIf)
        .parallel(site, 64, Halide::TailStrategy::GuardWithIf);
    total.compute_at(d_logits, group);
}
