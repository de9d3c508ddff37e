// CPU schedule of max_pool: memory-bound; one vector of channels stays in a register over its window.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 43 (103), 10 states 72 (118); 64 maps of 24 x 24 sites, 16
// states 40 (44), 76 % of the bandwidth of a copy; 16 maps of 32 x 32 sites, 64 states, windows of 3 x 3: 136
// (213).
#include "generators/max_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_in_registers.h"

void fsd::MaxPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr channels = maximum.dim(0).extent();
    Halide::Var row{"row"};
    maximum.fuse(pool_y, sample, row);
    parallel_rows(maximum, row, channels * maximum.dim(1).extent());
    const PooledMap map{channels, probability.dim(1).extent(), probability.dim(2).extent()};
    pool_in_registers(*this, maximum, channel, peak, offset, map, vector);
}
