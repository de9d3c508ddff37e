// GPU schedule of kld_linear_backward_filters: tiles of outputs x inputs, each thread with its sums over the
// samples in registers.
//
// Nothing was measured on a GPU. The wide tile, 8 x 8, reads two vectors of outputs and two of inputs for the
// 64 multiply-adds of a sample, both side by side in memory: of the 87 instructions of its loop (sm_80;
// sm_90: 85) 74 %, with 118 to 124 registers. Two samples a turn have moves that keep what the guard does not
// overwrite: 64 %.
#include "generators/kld_linear_backward_filters.h"

#include "schedules/idioms/gpu_product_tiles.h"
#include "schedules/idioms/read_instead.h"

namespace {

using Halide::Expr;
using Halide::Internal::Definition;

constexpr int lanes = 4;

// The place of one of four neighbors, or of the last four, where the extent is a multiple of four: tiles
// reach beyond.
Expr whole_vector(const Expr &place, const Expr &extent) {
    return min(place / lanes * lanes, extent - lanes) + place % lanes;
}

}  // namespace

void fsd::KldLinearBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    const Expr outputs = d_log_likelihood.dim(0).extent(), inputs = d_log_likelihood.dim(1).extent();
    const Halide::Var block{"block"}, thread{"thread"}, row_block{"row_block"}, row_thread{"row_thread"};
    const Halide::Var tile{"tile"}, row_tile{"row_tile"}, vector{"vector"}, row{"row"}, rows{"rows"};

    // visit(stage, tile, whether the sums of a thread are vectors) for each size.
    const auto each = [&](Halide::Stage stage, bool has_narrow, const auto &visit) {
        visit(stage.specialize(outputs * inputs >= tiles.wide_from), tiles.wide, true);
        if (has_narrow) {
            visit(stage.specialize(outputs * inputs >= tiles.middle_from), tiles.middle, true);
            visit(stage, tiles.narrow, false);
        } else {
            visit(stage, tiles.middle, true);
        }
    };
    const auto outputs_of = [](const ProductTile &shape, bool vectors) {
        return vectors ? lanes * shape.sums.vectors : 1;
    };
    const auto threads = [&](Halide::Stage stage, const ProductTile &shape, bool vectors) {
        stage.split(output, thread, output, outputs_of(shape, vectors), guard)
            .split(thread, block, thread, shape.threads.vectors, guard)
            .split(input, row_thread, input, shape.sums.rows, guard)
            .split(row_thread, row_block, row_thread, shape.threads.rows, guard)
            .reorder(output, input, thread, row_thread, row_block, block)
            .unroll(output)
            .unroll(input)
            .never_partition_all()
            .gpu_threads(thread, row_thread)
            .gpu_blocks(row_block, block);
    };
    const auto tiled = [&](Halide::Stage stage, const ProductTile &shape, bool vectors) {
        stage.split(output, tile, output, outputs_of(shape, vectors), round_up)
            .split(input, row_tile, input, shape.sums.rows, round_up)
            .reorder(output, input, tile, row_tile)
            .unroll(output)
            .unroll(input);
    };
    const auto summed = [&](Halide::Stage stage, const ProductTile &, bool vectors) {
        stage.reorder(output, input, samples.x);
        if (vectors) {
            stage.split(output, vector, output, lanes)
                .split(input, rows, row, lanes)
                .reorder(output, vector, row, rows, samples.x)
                .vectorize(output)
                .unroll(vector)
                .unroll(row)
                .unroll(rows);
        } else {
            stage.unroll(output).unroll(input).unroll(samples.x, 4, guard);
        }
    };
    each(d_log_likelihood, true, threads);
    sums.compute_at(d_log_likelihood, thread)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(output, lanes * tiles.most(&RegisterTile::vectors))
        .bound_storage(input, tiles.most(&RegisterTile::rows));
    each(sums, true, tiled);
    sum.compute_at(sums, tile).store_in(Halide::MemoryType::Stack).unroll(output).unroll(input);
    if (get_target().has_feature(Halide::Target::CUDA)) {
        const Expr aligned = outputs * inputs >= tiles.middle_from && outputs % lanes == 0 &&
                             inputs % lanes == 0 && probability.dim(1).stride() % lanes == 0 &&
                             d_log_evidence.dim(1).stride() % lanes == 0;
        const Halide::Stage whole = sum.update().specialize(aligned);
        Definition &definition = sum.function().update().specializations().front().definition;
        ReadInstead gradients(gradient.name(), [&](const Expr &, const std::vector<Expr> &place) -> Expr {
            return d_log_evidence(whole_vector(place[0], outputs), place[1]);
        });
        // An input's vector, in registers.
        Halide::Func run("run");
        const Halide::Var at("at"), sample("sample");
        run(at, sample) = probability(whole_vector(at, inputs), sample);
        ReadInstead runs(observed.name(), [&](const Expr &, const std::vector<Expr> &place) -> Expr {
            return run(place[0], place[1]);
        });
        definition.mutate(&gradients);
        definition.mutate(&runs);
        each(whole, false, summed);
        run.compute_at(sum, rows)
            .store_in(Halide::MemoryType::Stack)
            .bound_extent(at, lanes)
            .bound_extent(sample, 1)
            .vectorize(at);
    }
    each(sum.update(), true, summed);
}
