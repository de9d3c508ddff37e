// CPU schedule of kld_conv_backward_filters: register tiles of filters sum the sites of one sample.
//
// The batch is cut into blocks; each is a task with a partial gradient of its own, so that the threads have
// work however few filters there are. The number of blocks depends on the batch alone, hence so do the bits
// of the result. A sample's map and gradient are copied with their borders, stay in the first-level cache for
// all tiles and need no case at their ends.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, batch 50, share of the FMA peak: 5x5 1 -> 16 states on
// 24x24 outputs 60 %, 16 -> 32 on 8x8 89 %, 6 -> 32 on 32x32 79 %, 32 -> 32 on 16x16 85 %, 32 -> 64 on 8x8 90
// %. The first is limited by reading its gradient of 1.8 MB once from beyond the second-level cache.
#include "generators/kld_conv_backward_filters.h"

#include "schedules/idioms/outer_products.h"

namespace {

// 2, 5 and 10 threads get equal shares.
constexpr int blocks_of_samples = 10;

// wide_tile: vectors of outputs x columns (schedules/idioms/outer_products.h).
// few_columns: whole columns, where outputs or columns are few, and as many rows of the window at once, so
// that 25 sums of a 5x5 window over one channel are in flight; 9 suffice to hide the latency of the
// multiply-add.
fsd::ScheduleParameters parameters(const fsd::ScheduleTemplate &measured, const Halide::Target &target) {
    const bool wide_registers = fsd::vector_registers(target) == 32;
    return measured.choose(
        target, {{"wide_tile", wide_registers ? "2x10" : "2x5", {"2x4", "2x5", "2x6", "2x8", "2x10", "2x12"}},
                 {"few_columns", "5", {"3", "8"}},
                 {"rows_of_few_columns", wide_registers ? "5" : "2", {"1", "2", "3", "5"}},
                 fsd::vector_width(target)});
}

}  // namespace

void fsd::KldConvBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ScheduleParameters chosen = parameters(measured, target);
    const RegisterTile wide = register_tile(chosen.word("wide_tile"));
    const int few_columns = chosen.number("few_columns");
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = chosen.number("vector_width");
    const Expr samples = d_log_evidence.dim(3).extent(), inputs = probability.dim(0).extent();
    Halide::Var block{"block"}, member{"member"}, row{"row"};
    Halide::RVar part{"part"}, one{"one"};
    sum.update().split(term.z, part, one, (samples + blocks_of_samples - 1) / blocks_of_samples, guard);
    Halide::Func partial = sum.update().rfactor(part, block);
    Halide::Func sample_sum = partial.update().rfactor(one, member);

    d_log_likelihood.vectorize(output, lanes, guard).parallel(window_y);
    sum.compute_at(d_log_likelihood, window_y).vectorize(output, lanes);
    sum.update().vectorize(output, lanes, Halide::TailStrategy::RoundUp);

    const OuterProducts tiles(lanes, output, column);
    const auto cover = [&](Halide::Stage stage, const RegisterTile &shape, int window_rows) {
        std::vector<Halide::VarOrRVar> order = tiles.loops();
        order.insert(order.end(), {row, tiles.tile, output, window_y, one, block});
        tiles.cover(stage, shape)
            .split(window_y, window_y, row, window_rows, Halide::TailStrategy::RoundUp)
            .unroll(row)
            .reorder(order)
            .never_partition(one)
            .parallel(block);
    };
    partial.compute_root().vectorize(output, lanes);
    const Expr vectors = (d_log_evidence.dim(0).extent() + lanes - 1) / lanes;
    const Expr many = vectors % wide.vectors == 0 && d_log_likelihood.dim(2).extent() * inputs > few_columns;
    cover(partial.update().specialize(many), wide, 1);
    cover(partial.update(), {1, few_columns}, chosen.number("rows_of_few_columns"));
    tiles.sum_in_registers(sample_sum, partial, {window_y}, {term.x, term.y});

    observed.compute_at(partial, one).hoist_storage(partial, block).vectorize(column, lanes);
    // Each site has a place of its own, which Halide cannot see behind the product with the number of inputs.
    observed.update().allow_race_conditions();
    observed.update().specialize(inputs == 1).vectorize(site.y, lanes, guard);
    observed.update().vectorize(site.x, lanes, guard);
    gradient.compute_at(partial, one).hoist_storage(partial, block).vectorize(gradient.args()[0], lanes);
}
