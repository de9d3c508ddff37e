// CPU schedule of log_marginal_pool: bound by exp; one vector of channels stays in a register over its
// window.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 746 (1520), 10 states 677 (939); 64 maps of 24 x 24 sites,
// 16 states 203 (253).
#include "generators/log_marginal_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"

void fsd::LogMarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr channels = log_marginal.dim(0).extent();
    Halide::Var lane{"lane"}, row{"row"};
    log_marginal.fuse(pool_y, sample, row);
    parallel_rows(log_marginal, row, channels * log_marginal.dim(1).extent());
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, log_probability.dim(1).extent(), log_probability.dim(2).extent());
        in_unmasked_vectors(log_marginal.specialize(used), channel, lane, channels, vector);
        peak.update().specialize(used).unroll(offset.x).unroll(offset.y);
        mass.update().specialize(used).unroll(offset_of_few.x).unroll(offset_of_few.y);
    }
    in_unmasked_vectors(log_marginal, channel, lane, channels, vector);
    peak.compute_at(log_marginal, lane);
    mass.compute_at(log_marginal, lane);
    mass_of_many.compute_at(log_marginal, lane);
}
