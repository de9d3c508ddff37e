// CPU schedule of log_prior_backward: memory-bound; vectors along the outputs.
#include "generators/log_prior_backward.h"

void fsd::LogPriorBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf;
    d_log_prior.vectorize(output, vector, tail);
    sum.compute_root().vectorize(output, vector, tail);
    sum.update().reorder(output, sites).vectorize(output, vector, tail);
}
