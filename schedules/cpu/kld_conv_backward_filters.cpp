// CPU schedule of kld_conv_backward_filters.
#include "generators/kld_conv_backward_filters.h"

void fsd::KldConvBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const auto round_up = Halide::TailStrategy::RoundUp;
    const int lanes = natural_vector_size<float>();
    const Expr block_size = (d_log_evidence.dim(3).extent() + 9) / 10;
    Halide::Var lane{"lane"}, block{"block"}, member{"member"}, vector{"vector"}, ci{"ci"}, tile{"tile"}, wyi{"wyi"};
    Halide::RVar rblock{"rblock"}, rmember{"rmember"};
    sum.update().split(term.z, rblock, rmember, block_size, guard);
    Halide::Func partial = sum.update().rfactor(rblock, block);
    Halide::Func registers = partial.update().rfactor(rmember, member);

    d_log_likelihood.vectorize(output, lanes, guard).parallel(window_y);
    sum.compute_at(d_log_likelihood, window_y).vectorize(output, lanes, round_up);
    sum.update().vectorize(output, lanes, round_up);

    partial.compute_root().vectorize(output, lanes, round_up);
    const bool wide_registers = get_target().has_feature(Halide::Target::AVX512);
    auto cover = [&](Halide::Stage stage, int vectors, int columns, int rows) {
        stage.split(output, output, vector, lanes * vectors, round_up)
            .split(vector, vector, lane, lanes, guard)
            .split(column, tile, ci, columns, round_up)
            .split(window_y, window_y, wyi, rows, round_up)
            .reorder(lane, vector, ci, wyi, tile, output, window_y, rmember, block)
            .vectorize(lane).unroll(vector).unroll(ci).unroll(wyi)
            .never_partition(rmember)
            .parallel(block);
    };
    const Expr outputs = d_log_evidence.dim(0).extent();
    const Expr columns = d_log_likelihood.dim(2).extent() * probability.dim(0).extent();
    cover(partial.update().specialize((outputs + lanes - 1) / lanes % 2 == 0 && columns > 5), 2, wide_registers ? 10 : 5, 1);
    cover(partial.update(), 1, 5, wide_registers ? 5 : 2);
    registers.compute_at(partial, tile).store_in(Halide::MemoryType::Stack)
        .split(output, vector, lane, lanes, guard)
        .reorder(lane, vector, column, window_y)
        .vectorize(lane).unroll(vector).unroll(column).unroll(window_y);
    registers.update()
        .split(output, vector, lane, lanes, guard)
        .reorder(lane, vector, column, window_y, term.x, term.y)
        .vectorize(lane).unroll(vector).unroll(column).unroll(window_y);
    observed.compute_at(partial, rmember).hoist_storage(partial, block)
        .vectorize(column, lanes, round_up);
    observed.update().allow_race_conditions();
    observed.update().specialize(probability.dim(0).extent() == 1).vectorize(site.y, lanes, guard);
    observed.update().vectorize(site.x, lanes, guard);
    gradient.compute_at(partial, rmember).hoist_storage(partial, block);
    gradient.vectorize(gradient.args()[0], lanes, round_up);
}
