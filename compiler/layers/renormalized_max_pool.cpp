// renormalized_max_pool: the largest probability of each state, divided by the sum of these.
#include "compiler/stage_kind.h"

namespace fsd::compiler::layers {

StageKind renormalized_max_pool() {
    StageKind kind;
    kind.op = "renormalized_max_pool";
    kind.pool = [](PoolStages &pool, const StageMap &input) {
        pool.define_largest(input);
        const Halide::Var group{"group"};
        const Halide::Func largest = pool.output.values;
        pool.total.sum({group, pool.x, pool.y, pool.sample}, input.states, [&](const Halide::Expr &state) {
            return largest(state + input.states * group, pool.x, pool.y, pool.sample);
        });
        pool.scale(group, pool.x, pool.y, pool.sample) =
            normalizer(pool.total.total(group, pool.x, pool.y, pool.sample));
        const Halide::Expr of_channel = input.groups == 1 ? Halide::Expr(0) : pool.channel / input.states;
        pool.output.values = Halide::Func("renormalized");
        pool.output.values(pool.channel, pool.x, pool.y, pool.sample) =
            strict_product(largest(pool.channel, pool.x, pool.y, pool.sample),
                           pool.scale(of_channel, pool.x, pool.y, pool.sample));
    };
    return kind;
}

}  // namespace fsd::compiler::layers
