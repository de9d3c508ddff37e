// marginal_pool: the mean of each window.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind marginal_pool() {
    StageKind kind;
    kind.op = "marginal_pool";
    kind.pool = [](PoolStages &pool, const Map &input) {
        Halide::Func sum = pool.accumulator("pool_sum");
        sum(pool.channel, pool.x, pool.y, pool.sample) = 0.f;
        sum(pool.channel, pool.x, pool.y, pool.sample) += pool.at_offset(input);
        pool.output.values(pool.channel, pool.x, pool.y, pool.sample) =
            strict_product(sum(pool.channel, pool.x, pool.y, pool.sample),
                           probability_of_site(pool.columns, pool.x, pool.rows, pool.y));
    };
    return kind;
}

}  // namespace fsd::compiler::layers
