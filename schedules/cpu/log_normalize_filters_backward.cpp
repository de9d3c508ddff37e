// CPU schedule of log_normalize_filters_backward: the states run inside, one vector of outputs at a time.
#include "generators/log_normalize_filters_backward.h"

#include "schedules/idioms/parallel_rows.h"

void fsd::LogNormalizeFiltersBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var lane{"lane"};
    d_theta.split(output, output, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .reorder(lane, input_state, output, position)
        .vectorize(lane);
    parallel_rows(d_theta, position, d_theta.dim(0).extent() * d_theta.dim(1).extent());
    total.compute_at(d_theta, output).vectorize(output);
    total.update().vectorize(output);
}
