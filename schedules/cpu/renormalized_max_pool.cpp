// CPU schedule of renormalized_max_pool: the maxima are found twice, for their sum and for the result, each
// time in a register. Keeping them in memory in between was slower: a load that follows a masked store waits
// for it.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 119 (656), 10 states 354 (736); 64 maps of 24 x 24 sites, 16
// states 134 (174).
#include "generators/renormalized_max_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"
#include "schedules/idioms/vector_sum.h"

void fsd::RenormalizedMaxPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr count = maximum.dim(0).extent();
    Halide::Var lane{"lane"}, row{"row"};
    Halide::RVar part{"part"};
    maximum.fuse(pool_y, sample, row);
    parallel_rows(maximum, row, count * maximum.dim(1).extent() * maximum.dim(2).extent());
    Halide::Func summed = largest.clone_in(total);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, probability.dim(2).extent(), probability.dim(3).extent());
        in_unmasked_vectors(maximum.specialize(used), state, lane, count, vector);
        largest.update().specialize(used).unroll(offset.x).unroll(offset.y);
        summed.update().specialize(used).unroll(offset.x).unroll(offset.y);
    }
    in_unmasked_vectors(maximum, state, lane, count, vector);
    largest.compute_at(maximum, lane);
    scale.compute_at(maximum, group);
    total.compute_at(maximum, group);
    sum_in_vectors(total.update(), states, part, count, vector);
    summed.compute_at(total, part);
}
