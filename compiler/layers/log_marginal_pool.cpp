// log_marginal_pool: the logarithm of the mean of each window's exponentials.
#include "compiler/stage_kind.h"
#include "generators/log_space.h"

namespace fsd::compiler::layers {

StageKind log_marginal_pool() {
    StageKind kind;
    kind.op = "log_marginal_pool";
    kind.pool = [](PoolStages &pool, const StageMap &input) {
        const std::vector<Halide::Expr> at{pool.channel, pool.x, pool.y, pool.sample};
        pool.define_largest(input);
        const Halide::Expr peak = finite_peak(pool.output.values(at));
        Halide::Func mass = pool.accumulator("pool_mass");
        mass(at) = pool.term(0.f);
        mass(at) = strict_sum(mass(at), pool.term(joint(pool.at_offset(input), peak)));
        const Halide::Expr sites = Halide::cast<float>(pool.columns.count(pool.x) * pool.rows.count(pool.y));
        const Halide::Expr of_few = strict_quotient(Halide::cast<float>(mass(at)), sites);
        pool.output.values = Halide::Func("log_mean");
        pool.output.values(pool.channel, pool.x, pool.y, pool.sample) =
            log_sum_exponentials(peak, pool.mean(mass(at), of_few));
    };
    return kind;
}

}  // namespace fsd::compiler::layers
