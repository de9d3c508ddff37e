// The sums of grouped convolutions, strip by strip of the map.
#pragma once

#include "generators/grouped_sums.h"
#include "schedules/idioms/copy_map.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// rows_per_strip: what the strips read twice is the border of a window; each is a task.
// sites: of a register tile, one vector of channels wide. A depthwise tile loads a vector for each
// multiply-add and one for the weights.
struct GroupedTiling {
    int lanes, sites, rows_per_strip;
};
inline GroupedTiling grouped_tiling(const ScheduleTemplate &measured, const Halide::Target &target) {
    const bool wide_registers = vector_registers(target) == 32;
    const ScheduleParameters chosen =
        measured.choose(target, {{"sites_per_tile", wide_registers ? "8" : "6", {"4", "7", "12"}},
                                 {"rows_per_strip", "8", {"4", "16"}},
                                 vector_width(target)});
    return {chosen.number("vector_width"), chosen.number("sites_per_tile"), chosen.number("rows_per_strip")};
}

// Schedules an operator whose update over `grouped.channels` writes the channels of the sites x, y of
// `result`.
template<typename Result>
void grouped_in_strips(Result &result, const Halide::Var &x, const Halide::Var &y, const Halide::Var &sample,
                       GroupedSums &grouped, const GroupedTiling &tiling) {
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    const Halide::Var strip("strip"), row("row"), task("task"), tile("tile"), one("one"), lane("lane");
    const Halide::RVar part = grouped.channels.x, block = grouped.channels.y;
    const int lanes = tiling.lanes;
    const auto cover = [&](Halide::Stage stage) {
        // Each channel is written once, which Halide cannot see behind the product with the parts.
        stage.allow_race_conditions()
            .split(y, strip, row, tiling.rows_per_strip, guard)
            .reorder(part, x, block, row, strip, sample)
            .fuse(strip, sample, task)
            .vectorize(part, lanes, guard)
            .never_partition(x, task)
            .parallel(task);
    };
    cover(result.update().specialize(grouped.are_depthwise));
    cover(result.update());

    grouped.sums.compute_at(result, block)
        .split(grouped.part, grouped.part, lane, lanes, round_up)
        .split(grouped.x, tile, one, tiling.sites, round_up)
        .reorder(lane, one, tile, grouped.part, grouped.block)
        .vectorize(lane)
        .unroll(one);
    grouped.sum.compute_at(grouped.sums, tile)
        .store_in(Halide::MemoryType::Stack)
        .vectorize(grouped.part)
        .unroll(grouped.x);
    const Halide::RDom &places = grouped.places;
    grouped.sum.update()
        .reorder(grouped.part, grouped.x, places.x, places.y, places.z)
        .vectorize(grouped.part)
        .unroll(grouped.x);
    copy_map(grouped.map, Halide::LoopLevel(result, task), lanes);
    grouped.filters.compute_root().vectorize(grouped.part, lanes, round_up);
}

}  // namespace fsd
