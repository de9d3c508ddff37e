// CPU schedule of log_marginal_pool_backward: bound by exp; each site gathers from its windows, one vector of
// channels at a time, so that every number is written once.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 461 (428), 10 states 466 (458); 64 maps of 24 x 24 sites, 16
// states 193 (192): the exponentials take the time.
#include "generators/log_marginal_pool_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"

void fsd::LogMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr channels = d_log_probability.dim(0).extent();
    Halide::Var lane{"lane"}, row{"row"};
    d_log_probability.fuse(y, sample, row);
    parallel_rows(d_log_probability, row, channels * d_log_probability.dim(1).extent());
    for (const SquarePool &pool : common_pools) {
        const Expr used =
            uses(*this, pool, d_log_probability.dim(1).extent(), d_log_probability.dim(2).extent());
        in_unmasked_vectors(d_log_probability.specialize(used), channel, lane, channels, vector);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
    in_unmasked_vectors(d_log_probability, channel, lane, channels, vector);
    sum.compute_at(d_log_probability, lane);
}
