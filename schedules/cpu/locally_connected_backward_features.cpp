// CPU schedule of locally_connected_backward_features: site by site, in register tiles of inputs x samples,
// each sum in the lanes of a vector that run along the outputs, which lie side by side in both factors. The
// weights come from memory once for the whole batch.
#include "generators/locally_connected_backward_features.h"

#include "schedules/idioms/register_tile.h"

void fsd::LocallyConnectedBackwardFeatures::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    // inputs x samples: 8 (6) loads for 16 (8) multiply-adds.
    const ScheduleParameters chosen = measured.choose(
        target, {{"tile", vector_registers(target) == 32 ? "4x4" : "2x4", {"4x2", "4x5", "2x8"}},
                 vector_width(target)});
    const RegisterTile shape = register_tile(chosen.word("tile"));
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    const int lanes = chosen.number("vector_width");
    const Halide::Var tile{"tile"}, row{"row"}, one{"one"};
    d_features.reorder(input, sample, x, y)
        .vectorize(input, lanes, guard)
        .never_partition(sample, x)
        .parallel(y);
    sums.compute_at(d_features, x)
        .split(input, input, one, shape.vectors, round_up)
        .split(sample, tile, row, shape.rows, round_up)
        .reorder({one, row, tile, input, x, y})
        .unroll(one)
        .unroll(row);

    sum.compute_at(sums, tile).store_in(Halide::MemoryType::Stack).unroll(input).unroll(sample);
    sum.update()
        .reorder({all_lanes.x, input, sample})
        .atomic()
        .vectorize(all_lanes.x)
        .unroll(input)
        .unroll(sample);
    partial.compute_at(sums, tile)
        .store_in(Halide::MemoryType::Stack)
        .vectorize(lane)
        .unroll(input)
        .unroll(sample);
    partial.update(0)
        .reorder({lane, input, sample, chunks.x, chunks.y, chunks.z})
        .vectorize(lane)
        .unroll(input)
        .unroll(sample);
    Halide::RVar none{"none"}, part{"part"};
    partial.update(1)
        .split(rest.x, none, part, lanes, guard)
        .reorder({part, input, sample, none, rest.y, rest.z})
        .vectorize(part)
        .unroll(input)
        .unroll(sample);
}
