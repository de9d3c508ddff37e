// CPU schedule of kld_conv_normalize.
#include "generators/kld_conv_normalize.h"

#include "schedules/idioms/posterior_rows.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, task{"task"};
    const Expr strip_rows = rows_per_strip(posterior.dim(2).extent(), posterior.dim(3).extent());
    posterior.split(output_y, strip, output_y, strip_rows, guard)
        .reorder(state, group, output_x, output_y, strip, sample)
        .vectorize(state, natural_vector_size<float>(), guard)
        .fuse(strip, sample, strip)
        .split(strip, task, strip, 4, guard)
        .never_partition(output_y, strip, task)
        .parallel(task);
    sum_in_strips(window, target, posterior, strip, task);
    normalize_rows(bayes, natural_vector_size<float>(), posterior, group);
}
