// CPU schedule of kld_linear_backward_filters: one vector of outputs over all samples.
#include "generators/kld_linear_backward_filters.h"

void fsd::KldLinearBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf;
    d_log_likelihood.vectorize(output, vector, tail).parallel(input, 64, tail);
    sum.compute_at(d_log_likelihood, input).vectorize(output, vector, tail);
    sum.update().reorder(output, samples).vectorize(output, vector, tail);
}
