// What the windows of a convolution send back, strip by strip of the output sites: for each row of the
// window, a matrix product in register tiles, whose result is added to the map at the window's places while
// it is in the first-level cache.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, 5x5, batch 50, share of the FMA peak: 16 <- 32 states
// on 8x8 outputs 79 %, 32 <- 32 on 16x16 76 %, 32 <- 64 on 8x8 85 %. What is missing is the addition to the
// map (one load, add and store per vector that a tile sent, for as many multiply-adds as there are outputs)
// and the packing of the filters. Neighboring sites add to the same numbers of the map, one waiting for the
// other's store; the rows of a strip in between them hide that: 12 % of the time in place of 14.
#pragma once

#include "generators/window_adjoint.h"
#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// sites_per_strip: what 128 sites send, for five vectors 40 KiB, stays in the first-level cache.
// wide_tiles: a window five wide over 16 inputs has five vectors of columns, one three wide three; these
// tiles leave no rest. Five vectors x 4 sites load 9 numbers for 20 multiply-adds: 77 % of the peak in place
// of 71 % with one vector x 16.
inline ScheduleParameters adjoint_parameters(const ScheduleTemplate &measured, const Halide::Target &target) {
    std::vector<ScheduleParameter> declared = register_tile_parameters(target);
    if (vector_registers(target) == 32) {
        declared[0] = {"wide_tiles",
                       "5x4+3x8+2x8",
                       {"5x5+3x8+2x8", "5x4+3x8+2x12", "3x8+2x8", "5x4+2x8", "5x4+4x6+2x8"}};
    }
    declared.push_back({"sites_per_strip", "128", {"32", "64", "256"}});
    declared.push_back(packing_parameter());
    return measured.choose(target, declared);
}

// Schedules the gradient `result` (input, x, y, sample), whose innermost loop is `input`.
template<typename Result>
void adjoint_in_strips(Result &result, const Halide::Var &input, const Halide::Var &sample,
                       WindowAdjoint &adjoint, const ScheduleParameters &chosen) {
    constexpr int tasks = 10;  // 2, 5 and 10 threads get equal shares
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = adjoint.filters.lanes;
    Halide::Var task{"task"}, tile{"tile"};
    Halide::RVar strip{"strip"}, row{"row"};
    Halide::RDom &reach = adjoint.reach;
    const Halide::Expr samples = result.dim(3).extent();
    result.split(sample, task, sample, (samples + tasks - 1) / tasks, guard)
        .vectorize(input, lanes, guard)
        .never_partition(sample)
        .parallel(task);

    adjoint.received.compute_at(result, sample).hoist_storage(result, task).vectorize(adjoint.column, lanes);
    // The columns that one site sends to are different ones, which Halide cannot see behind the product with
    // the number of inputs.
    adjoint.received.update()
        .split(reach.z, strip, row, max(chosen.number("sites_per_strip") / adjoint.width, 1), guard)
        .reorder(reach.x, row, reach.y, reach.w, strip)
        .allow_race_conditions()
        .vectorize(reach.x, lanes, guard);

    adjoint.gradient.compute_at(result, sample)
        .hoist_storage(result, task)
        .vectorize(adjoint.output, lanes, guard);
    const bool per_task = chosen.word("packing") == "per_task";
    pack_panels(adjoint.filters, per_task ? Halide::LoopLevel(result, task) : Halide::LoopLevel::root());
    adjoint.sent.compute_at(adjoint.received, reach.w).hoist_storage(result, task);
    const RegisterTiling tiling = register_tiling(chosen);
    in_register_tiles(adjoint.sent, adjoint.filters, adjoint.column, adjoint.site, tile, tiling);
    sum_in_registers(adjoint.sum, adjoint.filters.lane, adjoint.filters.panel, adjoint.site,
                     {adjoint.outputs}, adjoint.sent, tile, tiling.unrolled_terms);
}

}  // namespace fsd
