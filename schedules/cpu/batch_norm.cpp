// CPU schedule of batch_norm: three passes over the sites, each in parallel blocks of them.
#include "generators/batch_norm.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/site_sums.h"

void fsd::BatchNorm::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>(), half = natural_vector_size<double>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Expr count = preactivation.dim(1).extent();
    sum_over_sites(sum, sites, count, channel, half);
    sum_over_sites(squares, sites, count, channel, half);
    for (Halide::Func number : {center, spread, slope}) {
        number.compute_root().vectorize(channel, half, guard);
    }
    mean.vectorize(channel, half, guard);
    variance.vectorize(channel, half, guard);
    normalized.vectorize(channel, vector, guard);
    parallel_rows(normalized, site, normalized.dim(0).extent());
}
