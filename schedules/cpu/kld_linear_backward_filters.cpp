// CPU schedule of kld_linear_backward_filters: register tiles of filters sum all samples.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core: 512 inputs, 10 outputs, batch 50: 7.5 us, 28 % of the
// FMA peak (10 of 16 lanes are used, and the copies of both arguments weigh as much as the products); 512 x
// 512, batch 512: 89 %.
#include "generators/kld_linear_backward_filters.h"

#include "schedules/idioms/outer_products.h"

namespace {

// A wide tile takes pairs of vectors, where their number is even; a narrow one has as many inputs as the
// registers hold. A task is twelve (24) wide tiles, which no tile of 15, 10 or 5 leaves a rest of.
fsd::ScheduleParameters parameters(const fsd::ScheduleTemplate &measured, const Halide::Target &target) {
    const bool wide_registers = fsd::vector_registers(target) == 32;
    return measured.choose(
        target, {{"wide_tile", wide_registers ? "2x10" : "2x5", {"2x5", "2x6", "2x8", "2x10", "2x12"}},
                 {"narrow_tile", wide_registers ? "1x15" : "1x10", {"1x8", "1x10", "1x12", "1x15", "1x24"}},
                 {"inputs_per_task", "120", {"60", "120", "240", "480"}},
                 fsd::vector_width(target)});
}

}  // namespace

void fsd::KldLinearBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ScheduleParameters chosen = parameters(measured, target);
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = chosen.number("vector_width");
    Halide::Var task{"task"};
    d_log_likelihood.split(input, task, input, chosen.number("inputs_per_task"), guard)
        .vectorize(output, lanes, guard)
        .parallel(task);

    const OuterProducts tiles(lanes, output, input);
    const auto cover = [&](Halide::Stage stage, const RegisterTile &shape) {
        std::vector<Halide::VarOrRVar> order = tiles.loops();
        order.insert(order.end(), {tiles.tile, output});
        tiles.cover(stage, shape).reorder(order);
    };
    sums.compute_at(d_log_likelihood, task);
    const Expr vectors = (d_log_evidence.dim(0).extent() + lanes - 1) / lanes;
    cover(sums.specialize(vectors % 2 == 0), register_tile(chosen.word("wide_tile")));
    cover(sums, register_tile(chosen.word("narrow_tile")));
    tiles.sum_in_registers(sum, sums, {}, {samples});

    observed.compute_at(d_log_likelihood, task).vectorize(observed.args()[0], lanes);
    gradient.compute_root().vectorize(gradient.args()[0], lanes);
}
