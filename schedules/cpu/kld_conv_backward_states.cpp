// CPU schedule of kld_conv_backward_states: for each row of the window, a matrix product in register tiles,
// whose result is added to the map at the window's places while it is in the first-level cache.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, 5x5, batch 50, share of the FMA peak: 16 <- 32 states
// on 8x8 outputs 79 %, 32 <- 32 on 16x16 76 %, 32 <- 64 on 8x8 85 %. What is missing is the addition to the
// map (one load, add and store per vector that a tile sent, for as many multiply-adds as there are outputs)
// and the packing of the filters. Neighboring sites add to the same numbers of the map, one waiting for the
// other's store; the rows of a strip in between them hide that: 12 % of the time in place of 14.
#include "generators/kld_conv_backward_states.h"

#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/register_tile.h"

namespace {

// 2, 5 and 10 threads get equal shares.
constexpr int tasks = 10;

// sites_per_strip: what 128 sites send, for five vectors 40 KiB, stays in the first-level cache.
// wide_tiles: a window five wide over 16 inputs has five vectors of columns, one three wide three; these
// tiles leave no rest. Five vectors x 4 sites load 9 numbers for 20 multiply-adds: 77 % of the peak in place
// of 71 % with one vector x 16.
fsd::Parameters parameters(const fsd::ScheduleTemplate &measured, const Halide::Target &target) {
    std::vector<fsd::Parameter> declared = fsd::register_tile_parameters(target);
    if (fsd::vector_registers(target) == 32) {
        declared[0] = {"wide_tiles",
                       "5x4+3x8+2x8",
                       {"5x5+3x8+2x8", "5x4+3x8+2x12", "3x8+2x8", "5x4+2x8", "5x4+4x6+2x8"}};
    }
    declared.push_back({"sites_per_strip", "128", {"32", "64", "256"}});
    declared.push_back(fsd::packing_parameter());
    return measured.choose(target, declared);
}

}  // namespace

void fsd::KldConvBackwardStates::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const Parameters chosen = parameters(measured, target);
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = filters.lanes;
    Halide::Var task{"task"}, tile{"tile"};
    Halide::RVar strip{"strip"}, row{"row"};
    const Expr samples = d_probability.dim(3).extent(), width = d_log_evidence.dim(1).extent();
    d_probability.split(sample, task, sample, (samples + tasks - 1) / tasks, guard)
        .vectorize(input, lanes, guard)
        .never_partition(sample)
        .parallel(task);

    received.compute_at(d_probability, sample).hoist_storage(d_probability, task).vectorize(column, lanes);
    // The columns that one site sends to are different ones, which Halide cannot see behind the product with
    // the number of inputs.
    received.update()
        .split(reach.z, strip, row, max(chosen.number("sites_per_strip") / width, 1), guard)
        .reorder(reach.x, row, reach.y, reach.w, strip)
        .allow_race_conditions()
        .vectorize(reach.x, lanes, guard);

    gradient.compute_at(d_probability, sample)
        .hoist_storage(d_probability, task)
        .vectorize(output, lanes, guard);
    const bool per_task = chosen.word("packing") == "per_task";
    pack_panels(filters, per_task ? Halide::LoopLevel(d_probability, task) : Halide::LoopLevel::root());
    sent.compute_at(received, reach.w).hoist_storage(d_probability, task);
    const RegisterTiling tiling = register_tiling(chosen);
    in_register_tiles(sent, filters, column, site, tile, tiling);
    sum_in_registers(sum, filters.lane, filters.panel, site, {outputs}, sent, tile, tiling.unrolled_terms);
}
