// CPU schedule of kld_linear_backward_states: one vector of inputs over all outputs.
#include "generators/kld_linear_backward_states.h"

void fsd::KldLinearBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf;
    transposed.compute_root();
    d_probability.vectorize(input, vector, tail).parallel(sample);
    sum.compute_at(d_probability, sample).vectorize(input, vector, tail);
    sum.update().reorder(input, outputs).vectorize(input, vector, tail);
}
