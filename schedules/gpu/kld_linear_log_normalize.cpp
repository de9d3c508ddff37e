// GPU schedule of kld_linear_log_normalize: the sums in tiles, then Bayes' rule in one launch, a thread per
// row of the numbers of states that networks have most, which it keeps in its registers; other rows go
// through the memory. The sums go there in any case: a thread for all states of a row would leave a device
// without work.
#include "generators/kld_linear_log_normalize.h"

#include "schedules/idioms/gpu_posteriors.h"
#include "schedules/idioms/gpu_products.h"
#include "schedules/idioms/gpu_tiles.h"

void fsd::KldLinearLogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters()));
    log_posterior.dim(0).set_extent(linear.states);
    log_posterior.dim(1).set_extent(linear.groups);
    pack_panels_on_gpu(linear.filters);

    const Expr outputs = linear.states * linear.groups;
    Halide::Func sums = linear.sums.in();
    const std::vector<Halide::Var> axes = sums.args();
    sums.compute_root().bound(axes[0], 0, outputs).bound(axes[1], 0, linear.samples);
    const Product product{linear.sums,
                          linear.sum,
                          static_cast<Halide::Func>(probability).name(),
                          false,
                          linear.filters,
                          linear.output,
                          linear.sample,
                          {linear.term},
                          outputs * linear.samples,
                          probability.dim(1).stride() % 4 == 0 && ends_with_a_turn(linear.inputs, tiles),
                          outputs % 4 == 0,
                          target.value().has_feature(Halide::Target::CUDA)};
    const Halide::Var thread = threads_of_product(sums, axes[0], axes[1], {}, product, tiles);
    product_in_thread(product, Halide::LoopLevel(sums, thread), tiles);

    std::vector<RegisterForm> in_registers;
    Expr other = Halide::Internal::const_true();
    for (const int few : {10, 16, 32}) {
        in_registers.push_back({linear.states == few, few, 1, 1});
        other = other && linear.states != few;
    }
    const Forms forms(other, in_registers);
    const Rows rows{bayes.group, bayes.sample, bayes.site, linear.groups, 1, linear.samples};
    const Halide::Var place("posterior_place"), lane("sample_lane"), chunk("state_chunk"),
        state_thread("state_thread");
    forms.schedule(
        log_posterior,
        [&](Halide::Stage stage, const RegisterForm &) {
            stage.split(sample, sample, lane, samples_per_warp, guard)
                .split(lane, lane, place, 1, guard)
                .reorder(state, place, lane, sample, group)
                .never_partition_all()
                .unroll(state)
                .gpu_threads(lane)
                .gpu_blocks(sample, group);
        },
        [&](Halide::Stage stage) {
            constexpr int side = 16;
            stage.split(sample, place, sample, linear.samples, guard)
                .split(state, chunk, state_thread, side, guard)
                .split(sample, sample, lane, side, guard)
                .reorder(chunk, state_thread, lane, sample, group, place)
                .gpu_threads(state_thread, lane)
                .gpu_blocks(sample, group);
        });
    normalize_at(forms, bayes, rows, Halide::LoopLevel(log_posterior, place));
}
