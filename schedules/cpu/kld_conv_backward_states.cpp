// CPU schedule of kld_conv_backward_states: vectors along the inputs.
#include "generators/kld_conv_backward_states.h"

void fsd::KldConvBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf;
    transposed.compute_root();
    d_probability.vectorize(input, vector, tail).parallel(sample);
    received.compute_at(d_probability, sample).vectorize(input, vector, tail);
    received.update().reorder(input, x, window.x, y, window.y).vectorize(input, vector, tail);
    sent.compute_at(received, y).reorder_storage(input, window_x, output_x, window_y, output_y, sample);
    sent.vectorize(input, vector, tail);
    sent.update().reorder(input, outputs, window_x, output_x).vectorize(input, vector, tail);
}
