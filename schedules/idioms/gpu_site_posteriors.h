// Posteriors of all sites on a GPU, for outputs that an update writes site by site.
#pragma once

#include "schedules/idioms/gpu_observations.h"
#include "schedules/idioms/gpu_posteriors.h"

namespace fsd {

// The forms of an output (state, group, x, y, sample) that is made of `window`: in registers where its rows
// begin at multiples of 16 bytes. Its first two axes are told to be those of the window.
template<typename Output>
Forms forms_of_output(Output &output, const WindowEvidence &window, const Halide::Expr &fits,
                      const PosteriorTile &tile) {
    output.dim(0).set_extent(window.states);
    output.dim(1).set_extent(window.groups);
    Halide::Expr all = fits;
    for (int axis = 1; axis < 5; axis++) {
        all = all && output.dim(axis).stride() % 4 == 0;
    }
    return posterior_forms(window.states, output.dim(4).extent(), all, tile);
}

// Schedules `output` and the evidence of its rows; returns where the rest of Bayes' rule is to be computed.
template<typename Output>
Halide::LoopLevel posteriors_of_sites(Output &output, const Halide::Var &state, const Halide::Var &group,
                                      const Places &places, WindowEvidence &window, const Forms &forms,
                                      const Rows &rows, const PosteriorTile &tile) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::RVar site = places.domain.x, sample = places.domain.y, place("posterior_place"),
                       one("sample_of_thread"), lane("sample_lane"), row("site_row");
    prepare_samples(window);
    writes_each_element_once(output, 0);
    forms.schedule(
        output.update(),
        [&](Halide::Stage stage, const RegisterForm &form) {
            stage.split(sample, sample, one, form.samples, guard)
                .split(sample, sample, lane, samples_per_warp, guard)
                .split(one, place, one, form.samples, guard)
                .split(site, site, row, tile.sites_per_block, guard)
                .reorder(state, one, place, group, lane, row, site, sample)
                .never_partition_all()
                .vectorize(state, 4)
                .unroll(state)
                .unroll(one)
                .gpu_threads(lane, row)
                .gpu_blocks(site, sample);
        },
        [&](Halide::Stage stage) {
            constexpr int side = 16;
            const Halide::Var chunk("state_chunk"), thread("state_thread");
            stage.split(sample, place, sample, rows.samples, guard)
                .split(state, chunk, thread, side, guard)
                .split(site, site, row, side, guard)
                .reorder(chunk, group, thread, row, site, sample, place)
                .gpu_threads(thread, row)
                .gpu_blocks(site, sample);
        });
    const Halide::LoopLevel at_place(output, place);
    compute_evidence(forms, window, rows, at_place, tile);
    return at_place;
}

}  // namespace fsd
