// CPU schedule of locally_connected_backward_weight: site by site, in register tiles of outputs x places of
// the window, which sum the samples.
#include "generators/locally_connected_backward_weight.h"

#include "schedules/idioms/copy_map.h"
#include "schedules/idioms/register_tile.h"

namespace {

// A tile's inputs and columns of the window, beside one vector of outputs.
struct Tile {
    int inputs, columns;
};

}  // namespace

void fsd::LocallyConnectedBackwardWeight::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const ScheduleParameters chosen = measured.choose(target, {vector_width(target)});
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    const int lanes = chosen.number("vector_width");
    const int places = vector_registers(target) == 32 ? 16 : 8;
    const Halide::Var tile{"tile"}, lane{"lane"}, one{"one"}, column{"column"};
    d_weight.reorder(output, input, window_x, window_y, output_x, output_y)
        .vectorize(output, lanes, guard)
        .never_partition_all()
        .parallel(output_y);

    sums.compute_at(d_weight, window_y);
    const auto cover = [&](Halide::Stage stage, const Tile &shape) {
        stage.split(output, output, lane, lanes, round_up)
            .split(input, input, one, shape.inputs, round_up)
            .split(window_x, tile, column, shape.columns, round_up)
            .reorder({lane, one, column, tile, input, output, window_y, output_x, output_y})
            .vectorize(lane)
            .unroll(one)
            .unroll(column);
    };
    const Expr inputs = features.dim(0).extent();
    cover(sums.specialize(inputs <= 4), {1, 5});
    cover(sums, {places, 1});
    sum.compute_at(sums, tile).store_in(Halide::MemoryType::Stack);
    for (Halide::Stage stage : {Halide::Stage(sum), sum.update()}) {
        stage.vectorize(output).unroll(input).unroll(window_x);
    }
    sum.update().reorder({output, input, window_x, samples});

    gradient.compute_at(d_weight, output_x).vectorize(output, lanes);
    copy_map(map, Halide::LoopLevel::root(), lanes);
    map.func.parallel(map.sample);
    map.func.update().parallel(map.sample);
}
