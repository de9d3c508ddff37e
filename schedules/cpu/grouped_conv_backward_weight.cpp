// CPU schedule of grouped_conv_backward_weight: register tiles of weights sum the sites of one sample.
//
// As in kld_conv_backward_filters the batch is cut into blocks, each a task with a partial gradient of its
// own; their number depends on the batch alone, hence so do the bits of the result.
#include "generators/grouped_conv_backward_weight.h"

#include "schedules/idioms/copy_map.h"
#include "schedules/idioms/register_tile.h"

namespace {

// 2, 5 and 10 threads get equal shares.
constexpr int blocks_of_samples = 10;

// A tile's inputs and places of the window, beside one vector of outputs.
struct Tile {
    int inputs, columns, rows;
};

}  // namespace

void fsd::GroupedConvBackwardWeight::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ScheduleParameters chosen = measured.choose(target, {vector_width(target)});
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    const int lanes = chosen.number("vector_width");
    const Expr samples = d_preactivation.dim(3).extent();
    const Halide::Var batch{"batch"}, member{"member"}, lane{"lane"}, tile{"tile"};
    const Halide::Var input{"input_of_tile"}, column{"column_of_tile"}, row{"row_of_tile"};
    Halide::RVar share{"share"}, one{"one"};
    sum.update().split(term.z, share, one, (samples + blocks_of_samples - 1) / blocks_of_samples, guard);
    Halide::Func partial = sum.update().rfactor(share, batch);
    Halide::Func sample_sum = partial.update().rfactor(one, member);

    d_weight.update().allow_race_conditions().reorder(channels.x, from, window_x, channels.y, window_y);
    d_weight.update().vectorize(channels.x, lanes, guard).parallel(window_y);
    sum.compute_at(d_weight, window_y).vectorize(part, lanes);
    sum.update().vectorize(part, lanes, round_up);

    partial.compute_root().vectorize(part, lanes);
    const auto cover = [&](Halide::Stage stage, const Tile &size) {
        stage.split(part, part, lane, lanes, round_up)
            .split(from, from, input, size.inputs, round_up)
            .split(window_x, tile, column, size.columns, round_up)
            .split(window_y, window_y, row, size.rows, round_up)
            .reorder({lane, input, column, row, tile, from, part, window_y, block, one, batch})
            .vectorize(lane)
            .unroll(input)
            .unroll(column)
            .unroll(row)
            .never_partition(one)
            .parallel(batch);
    };
    cover(partial.update().specialize(are_depthwise), {1, 3, vector_registers(target) == 32 ? 3 : 2});
    cover(partial.update(), {4, vector_registers(target) == 32 ? 3 : 2, 1});

    sample_sum.compute_at(partial, tile).store_in(Halide::MemoryType::Stack);
    const auto in_registers = [&](Halide::Stage stage, std::vector<Halide::VarOrRVar> terms) {
        std::vector<Halide::VarOrRVar> order{part, from, window_x, window_y};
        order.insert(order.end(), terms.begin(), terms.end());
        stage.reorder(order).vectorize(part).unroll(from).unroll(window_x).unroll(window_y);
    };
    in_registers(sample_sum, {});
    in_registers(sample_sum.update(), {term.x, term.y});

    copy_map(map, Halide::LoopLevel(partial, one), lanes);
    map.func.hoist_storage(partial, batch);
    gradient.compute_at(partial, one).hoist_storage(partial, batch).vectorize(gradient.args()[0], lanes);
}
