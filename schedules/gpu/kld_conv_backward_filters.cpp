// GPU schedule of kld_conv_backward_filters: a thread sums 4 outputs x 4 columns of a window over the sites
// of a block of samples, in registers; then a thread per weight adds the blocks in order.
//
// Nothing was measured on a GPU. A site's 16 multiply-adds read a vector of outputs and a vector of columns,
// both side by side in memory; the loop over sites has 28 instructions (sm_80). Where channels are no whole
// vectors, it reads eight scalars.
#include "generators/kld_conv_backward_filters.h"

#include "schedules/idioms/gpu_elements.h"
#include "schedules/idioms/read_instead.h"

namespace {

using Halide::Expr;

// A batch is cut into as many, whatever its size: weights alone are too few threads.
constexpr int blocks = 64;
constexpr int lanes = 4;

}  // namespace

void fsd::KldConvBackwardFilters::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    Halide::Var block{"block"};
    Halide::RVar part{"part"}, one{"one"};
    const Expr size = (d_log_evidence.dim(3).extent() + blocks - 1) / blocks;
    sum.update().split(term.z, part, one, size, guard);
    Halide::Func partial = sum.update().rfactor(part, block);
    elements_in_memory(observed);
    const Halide::RVar place_block{"place_block"}, place{"place"};
    observed.update()
        .allow_race_conditions()
        .split(site.y, place_block, place, 64, guard)
        .reorder(site.x, place, sample, place_block, site.z)
        .gpu_threads(place)
        .gpu_blocks(sample, place_block, site.z);
    elements_on_gpu(d_log_likelihood, {output, input, window_x, window_y}, {sum});

    constexpr int output_threads = 8, column_threads = 16;
    const Halide::Var output_block{"output_block"}, output_thread{"output_thread"};
    const Halide::Var column_block{"column_block"}, column_thread{"column_thread"};
    Expr aligned = d_log_evidence.dim(0).extent() % lanes == 0 && probability.dim(0).extent() % lanes == 0;
    for (int axis = 1; axis < 4; axis++) {
        aligned = aligned && d_log_evidence.dim(axis).stride() % lanes == 0;
    }
    Halide::Func stored = partial.in();
    const auto threads = [&](Halide::Stage stage, bool vectors) {
        stage.split(output, output_thread, output, lanes, round_up)
            .split(output_thread, output_block, output_thread, output_threads, guard)
            .split(column, column_thread, column, lanes, round_up)
            .split(column_thread, column_block, column_thread, column_threads, guard)
            .reorder(output, column, output_block, output_thread, column_thread, block, column_block,
                     window_y)
            .unroll(column)
            .never_partition_all()
            .gpu_threads(output_thread, column_thread)
            .gpu_blocks(block, column_block, window_y);
        vectors ? stage.vectorize(output) : stage.unroll(output);
    };
    stored.compute_root().align_bounds(output, lanes).align_bounds(column, lanes);
    const auto summed = [&](Halide::Stage stage) {
        stage.reorder(output, column, term.x, term.y, one, window_y, block).vectorize(output).unroll(column);
    };
    partial.compute_at(stored, output_block)
        .store_in(Halide::MemoryType::Stack)
        .vectorize(output)
        .unroll(column);
    if (get_target().has_feature(Halide::Target::CUDA)) {
        threads(stored.specialize(aligned), true);
        const Halide::Stage whole = partial.update().specialize(aligned);
        Halide::Internal::Definition &definition =
            partial.function().update().specializations().front().definition;
        for (Expr &value : definition.values()) {
            value = Halide::Internal::substitute_in_all_lets(value);
        }
        // All four outputs exist: tiles that reach beyond read the last four.
        ReadInstead outputs(gradient.name(), [&](const Expr &, const std::vector<Expr> &place) -> Expr {
            const Expr last = d_log_evidence.dim(0).extent() - lanes, first = place[0] / lanes * lanes;
            return d_log_evidence(min(first, last) + place[0] % lanes, place[1], place[2], place[3]);
        });
        // A run of columns, in registers.
        ReadInstead columns(observed.name(), [&](const Expr &, const std::vector<Expr> &place) -> Expr {
            const Halide::Var x("x"), y("y"), image("image");
            Halide::Func run("run");
            run(column, x, y, image) =
                observed(Halide::Internal::substitute(term.x.name(), x, place[0]), y, image);
            run.compute_at(partial, term.x)
                .store_in(Halide::MemoryType::Stack)
                .bound_extent(column, lanes)
                .bound_extent(x, 1)
                .bound_extent(y, 1)
                .bound_extent(image, 1)
                .vectorize(column);
            return run(column, term.x, place[1], place[2]);
        });
        definition.mutate(&outputs);
        definition.mutate(&columns);
        observed.align_bounds(column, lanes).align_storage(column, lanes);
        summed(whole);
    }
    threads(stored, false);
    summed(partial.update());
}
