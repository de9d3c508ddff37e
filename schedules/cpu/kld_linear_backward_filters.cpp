// CPU schedule of kld_linear_backward_filters.
#include "generators/kld_linear_backward_filters.h"

#include "schedules/idioms/outer_products.h"

void fsd::KldLinearBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = natural_vector_size<float>();
    Halide::Var task{"task"};
    d_log_likelihood.split(input, task, input, 120, guard).vectorize(output, lanes, guard).parallel(task);

    const OuterProducts tiles(lanes, output, input);
    const auto cover = [&](Halide::Stage stage, const RegisterTile &shape) {
        std::vector<Halide::VarOrRVar> order = tiles.loops();
        order.insert(order.end(), {tiles.tile, output});
        tiles.cover(stage, shape).reorder(order);
    };
    sums.compute_at(d_log_likelihood, task);
    const Expr vectors = (d_log_evidence.dim(0).extent() + lanes - 1) / lanes;
    cover(sums.specialize(vectors % 2 == 0), wide_outer_product(target));
    cover(sums, {1, vector_registers(target) == 32 ? 15 : 10});
    tiles.sum_in_registers(sum, sums, {}, {samples});

    observed.compute_at(d_log_likelihood, task).vectorize(observed.args()[0], lanes);
    gradient.compute_root().vectorize(gradient.args()[0], lanes);
}
