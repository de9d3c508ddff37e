// CPU schedule of kld_conv.
#include "generators/kld_conv.h"

#include "schedules/idioms/window_strips.h"

void fsd::KldConv::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, task{"task"};
    const Expr rows = rows_per_strip(log_evidence.dim(1).extent(), log_evidence.dim(2).extent());
    log_evidence.split(output_y, strip, output_y, rows, guard)
        .reorder(output, output_x, output_y, strip, sample)
        .vectorize(output, natural_vector_size<float>(), guard)
        .fuse(strip, sample, strip)
        .split(strip, task, strip, 4, guard)
        .never_partition(output_y, strip, task)
        .parallel(task);
    sum_in_strips(window, target, log_evidence, strip, task);
}
