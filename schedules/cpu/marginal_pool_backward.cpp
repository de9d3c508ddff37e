// CPU schedule of marginal_pool_backward: memory-bound; each site gathers from its windows, one vector of
// channels at a time, so that every number is written once.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 62 (313), 10 states 68 (325); 64 maps of 24 x 24 sites, 16
// states 59 (61), 51 % of the bandwidth of a copy.
#include "generators/marginal_pool_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"

void fsd::MarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr channels = d_probability.dim(0).extent();
    Halide::Var lane{"lane"}, row{"row"};
    d_probability.fuse(y, sample, row);
    parallel_rows(d_probability, row, channels * d_probability.dim(1).extent());
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, d_probability.dim(1).extent(), d_probability.dim(2).extent());
        in_unmasked_vectors(d_probability.specialize(used), channel, lane, channels, vector);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
    in_unmasked_vectors(d_probability, channel, lane, channels, vector);
    sum.compute_at(d_probability, lane);
}
