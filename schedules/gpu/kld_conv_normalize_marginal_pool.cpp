// GPU schedule of kld_conv_normalize_marginal_pool: a thread computes the posteriors of a pooling window, one
// site after the other, and their mean; one launch that reads the map and writes the result. Windows that
// overlap, of which it would compute sites twice, and other numbers of states go through the memory.
#include "generators/kld_conv_normalize_marginal_pool.h"

#include "schedules/idioms/gpu_site_posteriors.h"

void fsd::KldConvNormalizeMarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    const PosteriorTile tile = posterior_tile(measured.choose(target, posterior_tile_parameters()));
    const Forms forms = forms_of_output(
        marginal, window, pool_window_x <= pool_stride_x && pool_window_y <= pool_stride_y, tile);
    const Expr samples = marginal.dim(4).extent();
    const Rows rows{bayes.group,
                    bayes.site,
                    bayes.sample,
                    window.groups,
                    window.columns.positions() * window.rows.positions(),
                    samples};
    prepare_samples(window);

    const Halide::Var place("posterior_place"), one("sample_of_thread"), lane("sample_lane"),
        column("pool_column"), chunk("state_chunk"), thread("state_thread");
    // In memory: 16 threads for the states, 16 for the windows of a row.
    const auto in_memory = [&](Halide::Stage stage, const std::vector<Halide::VarOrRVar> &inner,
                               const Halide::VarOrRVar &outer) {
        constexpr int side = 16;
        std::vector<Halide::VarOrRVar> order = inner;
        order.insert(order.end(), {chunk, group, thread, column, pool_x, pool_y, sample, outer});
        stage.split(state, chunk, thread, side, guard)
            .split(pool_x, pool_x, column, side, guard)
            .reorder(order)
            .gpu_threads(thread, column)
            .gpu_blocks(pool_x, pool_y, sample);
    };
    forms.schedule(
        marginal,
        [&](Halide::Stage stage, const RegisterForm &form) {
            stage.split(sample, sample, one, form.samples, guard)
                .split(sample, sample, lane, samples_per_warp, guard)
                .split(one, place, one, form.samples, guard)
                .split(pool_x, pool_x, column, tile.sites_per_block, guard)
                .reorder(state, one, place, group, lane, column, pool_x, sample, pool_y)
                .never_partition_all()
                .vectorize(state, 4)
                .unroll(state)
                .unroll(one)
                .gpu_threads(lane, column)
                .gpu_blocks(pool_x, sample, pool_y);
        },
        [&](Halide::Stage stage) {
            stage.split(sample, place, sample, samples, guard);
            in_memory(stage, {}, place);
        });

    const Halide::RVar offset_place("offset_place"), offset_x("offset_x");
    const auto one_window = [](const RegisterForm &) { return 1; };
    sum.compute_at(marginal, place);
    forms.bound_storage(sum, group, window.groups, one_window);
    forms.bound_storage(sum, pool_x, marginal.dim(2).extent(), one_window);
    forms.bound_storage(sum, pool_y, marginal.dim(3).extent(), one_window);
    forms.bound_storage(sum, sample, samples, [](const RegisterForm &form) { return form.samples; });
    forms.schedule(
        sum,
        [&](Halide::Stage stage, const RegisterForm &form) {
            const Halide::Var one_sample("sample_of_sum");
            stage.split(sample, sample, one_sample, form.samples, round_up).unroll(state).unroll(one_sample);
        },
        [&](Halide::Stage stage) {
            const Halide::Var whole("whole");
            stage.split(sample, whole, sample, samples, guard);
            in_memory(stage, {}, whole);
        });
    forms.schedule(
        sum.update(),
        [&](Halide::Stage stage, const RegisterForm &form) {
            const Halide::Var one_sample("sample_of_sum");
            stage.rename(offset.x, offset_place)
                .split(sample, sample, one_sample, form.samples, round_up)
                .reorder(state, one_sample, sample, offset_place, offset.y)
                .never_partition_all()
                .unroll(state)
                .unroll(one_sample);
        },
        [&](Halide::Stage stage) {
            stage.split(offset.x, offset_place, offset_x, offset.x.extent(), guard);
            in_memory(stage, {offset_x, offset.y}, offset_place);
        });
    const Halide::LoopLevel at_offset(sum, offset_place);
    compute_evidence(forms, window, rows, at_offset, tile);
    normalize_at(forms, bayes, rows, at_offset);
    weights_at(forms, bayes, rows, at_offset);
}
