// CPU schedule of batch_norm_backward: two passes over the sites, each in parallel blocks of them.
#include "generators/batch_norm_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/site_sums.h"

void fsd::BatchNormBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>(), half = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Expr count = preactivation.dim(1).extent();
    sum_over_sites(sums, sites, count, channel, half);
    for (Halide::Func number : {inverse, common, share, slope}) {
        number.compute_root().vectorize(channel, half, guard);
    }
    d_scale.vectorize(channel, half, guard);
    d_shift.vectorize(channel, half, guard);
    d_preactivation.vectorize(channel, vector, guard);
    parallel_rows(d_preactivation, site, d_preactivation.dim(0).extent());
}
