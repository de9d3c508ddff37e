// CPU schedule of kld_linear.
#include "generators/kld_linear.h"

#include "schedules/idioms/linear_strips.h"

void fsd::KldLinear::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, block{"block"}, task{"task"};
    log_evidence.split(sample, strip, sample, 96, guard)
        .split(output, block, output, 256, guard)
        .reorder(output, sample, strip, block)
        .vectorize(output, natural_vector_size<float>(), guard)
        .fuse(strip, block, task)
        .never_partition(sample, task)
        .parallel(task);
    sum_in_strips(linear, target, log_evidence, task);
}
