// marginal_pool: the mean of each window.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind marginal_pool() {
    StageKind kind;
    kind.op = "marginal_pool";
    kind.pool = [](PoolStages &pool, const StageMap &input) {
        Halide::Func sum = pool.accumulator("pool_sum");
        const std::vector<Halide::Expr> at{pool.channel, pool.x, pool.y, pool.sample};
        sum(at) = pool.term(0.f);
        sum(at) += pool.term(pool.at_offset(input));
        const Halide::Expr position = probability_of_site(pool.columns, pool.x, pool.rows, pool.y);
        pool.output.values(pool.channel, pool.x, pool.y, pool.sample) =
            pool.mean(sum(at), strict_product(Halide::cast<float>(sum(at)), position));
    };
    return kind;
}

}  // namespace fsd::compiler::layers
