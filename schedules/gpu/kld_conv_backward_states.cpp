// GPU schedule of kld_conv_backward_states: what each site sends, in tiles; then, for each row of a window,
// what the rows of sites add up to, with a thread per input; then a thread per state adds the rows of the
// window.
//
// Two sites of a row may send to the same state. The thread of an input does all of them, one after the
// other, and no other thread writes what it writes: with a thread per state under the window, as this
// schedule was before, the next site's thread could come first. Rows of sites meet no others under the same
// row of the window.
#include "generators/kld_conv_backward_states.h"

#include "schedules/idioms/gpu_products.h"

void fsd::KldConvBackwardStates::schedule() {
    if (measured.autoscheduled(*this)) {
        return;
    }
    const ProductTiles tiles = product_tiles(measured.choose(target, product_parameters(true)));
    pack_panels_on_gpu(filters);
    Expr aligned = ends_with_a_turn(d_log_evidence.dim(0).extent(), tiles), sites = filters.extents[1];
    for (int axis = 1; axis < 4; axis++) {
        aligned = aligned && d_log_evidence.dim(axis).stride() % 4 == 0;
        sites = sites * d_log_evidence.dim(axis).extent();
    }
    const Product product{sent,    sum,       gradient.name(),
                          false,   filters,   column,
                          site,    {outputs}, filters.states * filters.groups * sites,
                          aligned, Expr(),    get_target().has_feature(Halide::Target::CUDA)};
    Halide::Func stored = sent.in();
    Halide::Var map{"map"};
    const std::vector<Halide::Var> axes = stored.args();
    stored.compute_root()
        .align_bounds(axes[0], filters.lanes * tiles.most(&RegisterTile::vectors))
        .align_bounds(axes[1], tiles.most(&RegisterTile::rows))
        .fuse(axes[2], axes[3], map);
    const Halide::Var thread = threads_of_product(stored, axes[0], axes[1], {map}, product, tiles);
    product_in_thread(product, Halide::LoopLevel(stored, thread), tiles);

    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var window_row{"window_row"};
    Halide::RVar offset{"offset"}, state{"state"}, chunk{"chunk"}, state_thread{"state_thread"};
    Halide::Func from_row =
        received.update().split(reach.x, offset, state, filters.states, guard).rfactor(reach.w, window_row);
    elements_in_memory(from_row);
    from_row.update()
        .allow_race_conditions()
        .split(state, chunk, state_thread, 32, guard)
        .reorder(offset, reach.y, chunk, state_thread, sample, reach.z, window_row)
        .gpu_threads(state_thread)
        .gpu_blocks(sample, reach.z, window_row);
    elements_in_memory(received);
    threads_over(received.update().reorder(reach.w, column, y, sample), {column, y, sample});
    elements_on_gpu(d_probability, {input, x, y, sample});
}
