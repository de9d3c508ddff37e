// Posteriors on a GPU without a way through the memory: a thread sums the evidence of all states of a site
// and normalizes it in its registers.
//
// The lanes of a warp are samples. What they observe lies side by side in memory, the samples of a number
// next to each other, so that a load is a few lines of the cache for any map, window and stride; the filters
// are the same for all lanes, and all threads have work on any map, if the batch has samples enough. With 64
// sums per thread a term of 16 states takes 5 loads of 16 bytes (8 lines per warp) and 8 other instructions
// beside 64 multiply-adds, one of 32 states 9 loads: counted in the code for sm_80, not measured on a GPU.
//
// Rows of other numbers of states go through the memory: sums in tiles of 16 outputs x 4 samples, then
// launches for the peaks, the masses, their reciprocals and the result.
#pragma once

#include "generators/bayes.h"
#include "generators/schedule_parameters.h"
#include "generators/window_evidence.h"
#include "schedules/idioms/gpu_elements.h"
#include "schedules/idioms/gpu_forms.h"

namespace fsd {

constexpr int samples_per_warp = 32;

struct PosteriorTile {
    int sums_per_thread = 64;  // in a large batch
    int sites_per_block = 2;
    static constexpr int outputs_in_memory = 16, samples_in_memory = 4;
};

// Nothing was measured on a GPU yet. 64 sums, as many of a pool, and what the exponentials need are all that
// a thread's 255 registers hold; 8 warps are resident then.
inline std::vector<ScheduleParameter> posterior_tile_parameters() {
    return {{"sums_per_thread", "64", {"32", "128"}}, {"sites_per_block", "2", {"1", "4"}}};
}
inline PosteriorTile posterior_tile(const ScheduleParameters &chosen) {
    return {chosen.number("sums_per_thread"), chosen.number("sites_per_block")};
}

// 16 and 32 states have forms in registers where `fits`. Batches below 2048 samples, which would leave most
// of a GPU without work, are spread over more threads, with half as many sums each; four terms at a time hide
// the latency of their loads where no other warp does.
inline Forms posterior_forms(const Halide::Expr &states, const Halide::Expr &samples,
                             const Halide::Expr &fits, const PosteriorTile &tile) {
    constexpr int few_samples = 2048;
    std::vector<RegisterForm> forms;
    Halide::Expr other = Halide::Internal::const_true();
    for (const int few : {16, 32}) {
        other = other && states != few;
        const int most = std::max(tile.sums_per_thread / few, 1);
        forms.push_back({fits && states == few && samples >= few_samples, few, most, 1});
        forms.push_back({fits && states == few && samples < few_samples, few, std::max(most / 2, 1), 4});
    }
    return {!fits || other, forms};
}

// The rows of one number each, (group, site, sample) in some order, and how many there are. Lanes are
// samples.
struct Rows {
    Halide::Var group, site, sample;
    Halide::Expr groups, sites, samples;

    // Bounds the storage of a stage of rows: that of one site in registers.
    void bound_sites(const Forms &forms, Halide::Func func, const Halide::Var &site,
                     const Halide::Var &sample) const {
        constexpr int samples_of_warp = samples_per_warp * PosteriorTile::samples_in_memory;
        const Halide::Expr whole_warps = (samples + samples_of_warp - 1) / samples_of_warp * samples_of_warp;
        forms.bound_storage(func, site, sites, [](const RegisterForm &) { return 1; });
        forms.bound_storage(func, sample, whole_warps, [](const RegisterForm &form) { return form.samples; });
    }
    void bound(const Forms &forms, Halide::Func func) const {
        bound_sites(forms, func, site, sample);
        forms.bound_storage(func, group, groups, [](const RegisterForm &) { return 1; });
    }
};

// Vectors over the samples of a thread.
inline Halide::Stage in_samples(Halide::Stage stage, const Halide::Var &sample, int samples) {
    return stage.vectorize(sample, samples, Halide::TailStrategy::RoundUp);
}

// The sums over `terms` (innermost first) of a tile that is asked for at `loop` of `evidence`.
inline void sum_tile(const Forms &forms, Halide::Func sum, Panels &filters, const Halide::Var &sample,
                     const std::vector<Halide::RVar> &terms, const Halide::LoopLevel &loop) {
    const Halide::RVar one_term("one_term");
    const auto tile = [&](Halide::Stage stage, int samples) {
        in_samples(stage.reorder(sample, filters.lane, filters.panel), sample, samples)
            .unroll(filters.lane)
            .unroll(filters.panel);
    };
    const auto update = [&](Halide::Stage stage, int samples, int unrolled) {
        std::vector<Halide::VarOrRVar> order{sample, filters.lane, filters.panel, one_term};
        order.insert(order.end(), terms.begin(), terms.end());
        in_samples(
            stage.split(terms.front(), terms.front(), one_term, unrolled, Halide::TailStrategy::GuardWithIf)
                .reorder(order),
            sample, samples)
            .unroll(filters.lane)
            .unroll(filters.panel)
            .unroll(one_term);
    };
    sum.compute_at(loop);
    forms.schedule(
        sum, [&](Halide::Stage stage, const RegisterForm &form) { tile(stage, form.samples); },
        [&](Halide::Stage stage) { tile(stage, PosteriorTile::samples_in_memory); });
    forms.schedule(
        sum.update(),
        [&](Halide::Stage stage, const RegisterForm &form) {
            update(stage, form.samples, form.unrolled_terms);
        },
        [&](Halide::Stage stage) { update(stage, PosteriorTile::samples_in_memory, 1); });
    filters.func.in(sum).compute_at(sum, one_term).vectorize(filters.lane).unroll(filters.panel);
}

// Computes the evidence that is asked for at `place`.
inline void compute_evidence(const Forms &forms, WindowEvidence &window, const Rows &rows,
                             const Halide::LoopLevel &place, const PosteriorTile &tile) {
    const auto round_up = Halide::TailStrategy::RoundUp, guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var thread("evidence_tile"), one("sample_of_tile"), panel("panel_of_tile"),
        lane("lane_of_tile"), block("sample_block"), sample_lane("sample_lane"), row("site_row");
    const auto in_tile = [&](Halide::Stage stage, int outputs, int samples) {
        return stage.split(window.output, window.output, panel, outputs, round_up)
            .split(panel, panel, lane, window.filters.lanes, round_up)
            .split(window.sample, window.sample, one, samples, round_up)
            .split(one, thread, one, samples, round_up)
            .reorder(one, lane, panel, thread, window.site, window.output, window.sample)
            .never_partition_all()
            .vectorize(one)
            .unroll(lane)
            .unroll(panel);
    };
    window.evidence.compute_at(place).reorder_storage(window.sample, window.output, window.site);
    rows.bound_sites(forms, window.evidence, window.site, window.sample);
    forms.schedule(
        window.evidence,
        [&](Halide::Stage stage, const RegisterForm &form) { in_tile(stage, form.states, form.samples); },
        [&](Halide::Stage stage) {
            in_tile(stage, PosteriorTile::outputs_in_memory, PosteriorTile::samples_in_memory)
                .split(window.sample, block, sample_lane, samples_per_warp, guard)
                .split(window.site, window.site, row, tile.sites_per_block, guard)
                .reorder(one, lane, panel, thread, sample_lane, row, window.site, block, window.output)
                .gpu_threads(sample_lane, row)
                .gpu_blocks(window.site, block, window.output);
        });
    window.sum.reorder_storage(window.sample, window.filters.lane, window.filters.panel, window.site)
        .bound_storage(window.site, 1);
    sum_tile(forms, window.sum, window.filters, window.sample, {window.term.x, window.term.y},
             Halide::LoopLevel(window.evidence, thread));
}

// Threads for the rows in memory; `inner` is a loop in the thread.
inline void threads_over(Halide::Stage stage, const Rows &rows,
                         const std::vector<Halide::VarOrRVar> &inner = {}) {
    constexpr int sites = 4;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var block("rows_block"), lane("rows_lane"), site("rows_site");
    std::vector<Halide::VarOrRVar> order = inner;
    order.insert(order.end(), {lane, site, rows.site, block, rows.group});
    stage.split(rows.sample, block, lane, samples_per_warp, guard)
        .split(rows.site, rows.site, site, sites, guard)
        .reorder(order)
        .never_partition_all()
        .gpu_threads(lane, site)
        .gpu_blocks(rows.site, block, rows.group);
}

// The samples of a thread one by one.
inline void each_sample(Halide::Stage stage, const Halide::Var &sample, int samples) {
    const Halide::Var one("sample_of_row");
    stage.split(sample, sample, one, samples, Halide::TailStrategy::RoundUp).unroll(one);
}

inline void number_at(const Forms &forms, Halide::Func number, const Rows &rows,
                      const Halide::LoopLevel &place) {
    number.compute_at(place).reorder_storage(rows.sample, rows.group, rows.site);
    rows.bound(forms, number);
    forms.schedule(
        number,
        [&](Halide::Stage stage, const RegisterForm &form) { each_sample(stage, rows.sample, form.samples); },
        [&](Halide::Stage stage) { threads_over(stage, rows); });
}

inline void reduce_at(const Forms &forms, RowReduction &reduction, const Rows &rows,
                      const Halide::LoopLevel &place) {
    const Halide::RVar block = reduction.block_of_row;
    number_at(forms, reduction.total, rows, place);
    forms.schedule(
        reduction.total.update(),
        [&](Halide::Stage stage, const RegisterForm &form) { each_sample(stage, rows.sample, form.samples); },
        [&](Halide::Stage stage) { threads_over(stage, rows, {block}); });
    reduction.block_total.compute_at(reduction.total, block);
    reduction.block_total.update().unroll(reduction.lane_of_row);
    reduction.partial.compute_at(reduction.total, block).unroll(reduction.lane);
    forms.schedule(
        reduction.partial.update(0),
        [&](Halide::Stage stage, const RegisterForm &) {
            stage.reorder(reduction.lane, reduction.chunk).unroll(reduction.lane).unroll(reduction.chunk);
        },
        [&](Halide::Stage stage) { stage.reorder(reduction.lane, reduction.chunk).unroll(reduction.lane); });
    forms.schedule(
        reduction.partial.update(1),
        [&](Halide::Stage stage, const RegisterForm &) { stage.unroll(reduction.rest); },
        [](const Halide::Stage &) {});  // a few lanes, in order
}

// Bayes' rule up to the scale of each row that is asked for at `place`.
inline void normalize_at(const Forms &forms, Bayes &bayes, const Rows &rows, const Halide::LoopLevel &place) {
    reduce_at(forms, bayes.peak, rows, place);
    reduce_at(forms, bayes.mass, rows, place);
    number_at(forms, bayes.scale, rows, place);
}

// The exponentials of a row at `place`, which its mass and its posterior are made of. The log-posterior is
// not, and leaves them to the threads that need them.
inline void weights_at(const Forms &forms, Bayes &bayes, const Rows &rows, const Halide::LoopLevel &place) {
    bayes.weight.compute_at(place).reorder_storage(rows.sample, bayes.state, rows.group, rows.site);
    rows.bound(forms, bayes.weight);
    forms.schedule(
        bayes.weight,
        [&](Halide::Stage stage, const RegisterForm &form) {
            each_sample(stage.unroll(bayes.state), rows.sample, form.samples);
        },
        [&](Halide::Stage stage) { threads_over(stage, rows, {bayes.state}); });
}

}  // namespace fsd
