// Rows in squares of up to 16 sites.
#include "compiler/rows_schedule.h"

#include "compiler/layer_extents.h"
#include "compiler/tile_choice.h"

namespace fsd::compiler {
namespace {

using Halide::Func;
using Halide::LoopLevel;
using Halide::RVar;
using Halide::Var;

constexpr auto on_stack = Halide::MemoryType::Register;
constexpr auto guard = Halide::TailStrategy::GuardWithIf;
constexpr auto round_up = Halide::TailStrategy::RoundUp;

}  // namespace

void vectorize_channels(Halide::Stage stage, const Halide::VarOrRVar &channel, int channels) {
    if (channels >= lanes_per_panel) {
        stage.vectorize(channel, lanes_per_panel, Halide::TailStrategy::Predicate);
    } else if (channels > 1) {
        stage.vectorize(channel, channels);
    }
}

void reduce_rows(RowReduction &reduction, const Var &site, const LoopLevel &loop, int rows) {
    const Var square("square"), row("row");
    const RVar block = reduction.block_of_row, part = reduction.lane_of_row, lane("lane");
    Func &total = reduction.total, &block_total = reduction.block_total, &partial = reduction.partial;
    total.compute_at(loop).store_in(on_stack).vectorize(site, rows, round_up);
    total.update().split(site, square, row, rows, round_up).reorder(row, block, square).vectorize(row);
    block_total.compute_at(total, block).store_in(on_stack).vectorize(site);
    block_total.update().reorder(part, site).atomic().vectorize(part).vectorize(site);
    partial.compute_at(total, block).store_in(on_stack).vectorize(reduction.lane).unroll(site);
    partial.update(0).reorder(reduction.lane, site, reduction.chunk).vectorize(reduction.lane).unroll(site);
    partial.update(1)
        .split(reduction.rest, reduction.rest, lane, RowReduction::lanes, guard)
        .reorder(lane, site, reduction.rest)
        .vectorize(lane)
        .unroll(site);
}

namespace {

// The same for rows of few states, which are added up one state after the other.
void reduce_few(RowReduction &reduction, const Var &site, const LoopLevel &loop, int rows) {
    Func &total = reduction.few_total;
    total.compute_at(loop).store_in(on_stack).vectorize(site, rows, round_up);
    total.update().reorder(site, reduction.few).vectorize(site, rows, round_up);
}

// The exponential is one long chain of operations: four vectors side by side fill the pipes and fit into the
// registers.
void vectorize_exponentials(Func weight, const Var &state, const Var &site, int states, int rows) {
    const Var square("square"), row("row"), chunk("chunk"), lane("lane");
    if (states % lanes_per_panel != 0) {
        vectorize_channels(weight, state, states);
    } else if (states == lanes_per_panel && rows % 4 == 0) {
        weight.split(site, square, row, 4, round_up).vectorize(state, lanes_per_panel).vectorize(row);
    } else {
        weight.split(state, chunk, lane, lanes_per_panel).vectorize(lane);
        if (states <= 4 * lanes_per_panel) {
            weight.unroll(chunk);
        }
    }
}

}  // namespace

void normalize_rows(Normalization &normalization, const LoopLevel &loop, int sites, int states) {
    const int rows = rows_per_square(sites);
    const Var site = normalization.site, state = normalization.state;
    const auto reduce = [&](RowReduction &reduction, bool few) {
        few ? reduce_few(reduction, site, loop, rows) : reduce_rows(reduction, site, loop, rows);
    };
    Bayes &bayes = normalization.bayes;
    if (bayes.result.defined()) {
        if (bayes.peak.total.defined()) {
            reduce(bayes.peak, false);
        }
        reduce(bayes.mass, false);
        bayes.weight.compute_at(loop).store_in(on_stack);
        vectorize_exponentials(bayes.weight, state, site, states, rows);
        bayes.scale.compute_at(loop).store_in(on_stack).vectorize(site, rows, round_up);
    }
    ValidPeak &hard = normalization.hard;
    if (hard.offset.defined()) {
        reduce(hard.peak, hard.peak.has_few());
        reduce(hard.faults, hard.faults.has_few());
        hard.offset.compute_at(loop).store_in(on_stack).vectorize(site, rows, round_up);
    }
}

void sum_of_rows(LayerEvidence &evidence, const LoopLevel &loop, int sites) {
    const int rows = rows_per_square(sites);
    evidence.log_normalizer.compute_at(loop).store_in(on_stack).vectorize(evidence.site, rows, round_up);
    evidence.partial.compute_at(loop).store_in(on_stack).vectorize(evidence.lane);
    evidence.partial.update(0).reorder(evidence.lane, evidence.chunk, evidence.y).vectorize(evidence.lane);
    evidence.partial.update(1).unscheduled();  // a few lanes
    evidence.lanes_total.compute_at(loop).store_in(on_stack);
    for (Func few : {evidence.of_run, evidence.total, evidence.mean}) {
        few.compute_root().store_in(on_stack);
    }
}

}  // namespace fsd::compiler
