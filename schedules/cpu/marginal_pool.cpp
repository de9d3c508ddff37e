// CPU schedule of marginal_pool: memory-bound; one vector of channels stays in a register over its window.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 36 (127), 10 states 50 (135); 64 maps of 24 x 24 sites, 16
// states 42 (44), 72 % of the bandwidth of a copy.
#include "generators/marginal_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_in_registers.h"

void fsd::MarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr channels = marginal.dim(0).extent();
    Halide::Var row{"row"};
    marginal.fuse(pool_y, sample, row);
    parallel_rows(marginal, row, channels * marginal.dim(1).extent());
    const PooledMap map{channels, probability.dim(1).extent(), probability.dim(2).extent()};
    pool_in_registers(*this, marginal, channel, sum, offset, map, vector);
    sum_of_many.compute_at(marginal, Halide::Var("pool_lane"));
}
