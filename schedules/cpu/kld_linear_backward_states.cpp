// CPU schedule of kld_linear_backward_states: that of kld_linear.
#include "generators/kld_linear_backward_states.h"

#include "schedules/idioms/linear_strips.h"

void fsd::KldLinearBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, block{"block"}, task{"task"};
    d_probability.split(sample, strip, sample, 96, guard)
        .split(input, block, input, 256, guard)
        .reorder(input, sample, strip, block)
        .vectorize(input, natural_vector_size<float>(), guard)
        .fuse(strip, block, task)
        .never_partition(sample, task)
        .parallel(task);
    sum_in_strips(transposed, target, d_probability, task);
}
