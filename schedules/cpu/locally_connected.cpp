// CPU schedule of locally_connected: site by site, in register tiles of outputs x samples. The weights, which
// are most of what is read, come from memory once for the whole batch; a tile uses each for several samples.
#include "generators/locally_connected.h"

#include "schedules/idioms/copy_map.h"
#include "schedules/idioms/register_tile.h"

void fsd::LocallyConnected::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const bool wide_registers = vector_registers(target) == 32;
    const ScheduleParameters chosen =
        measured.choose(target, {{"wide_tile", wide_registers ? "2x8" : "2x5", {"2x6", "2x12", "4x6"}},
                                 vector_width(target)});
    const RegisterTile wide = register_tile(chosen.word("wide_tile"));
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = chosen.number("vector_width");
    const Halide::Var tile{"tile"}, lane{"lane"}, row{"row"};
    preactivation.reorder(output, sample, output_x, output_y)
        .vectorize(output, lanes, guard)
        .never_partition(sample, output_x)
        .parallel(output_y);

    // The last tile is shifted back into the outputs, which takes as many of them: no load is masked.
    const auto cover = [&](Halide::Stage stage, int outputs) {
        stage.split(output, output, lane, outputs, Halide::TailStrategy::ShiftInwards)
            .split(sample, tile, row, wide.rows, Halide::TailStrategy::RoundUp)
            .reorder({lane, row, tile, output, output_x, output_y})
            .vectorize(lane)
            .unroll(row);
    };
    sums.compute_at(preactivation, output_x);
    for (int outputs = lanes * wide.vectors; outputs >= 4; outputs /= 2) {
        cover(sums.specialize(weight.dim(0).extent() >= outputs), outputs);
    }
    cover(sums, 1);
    sum.compute_at(sums, tile).store_in(Halide::MemoryType::Stack).vectorize(output).unroll(sample);
    sum.update().reorder({output, sample, places.x, places.y, places.z}).vectorize(output).unroll(sample);

    copy_map(map, Halide::LoopLevel::root(), lanes);
    map.func.parallel(map.sample);
    map.func.update().parallel(map.sample);
}
