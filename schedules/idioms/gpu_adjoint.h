// What the windows of a convolution send back, on a GPU: what each site sends, in tiles; then, for each row
// of a window, what the rows of sites add up to, with a thread per input; then a thread per state adds the
// rows of the window.
//
// Two sites of a row may send to the same state. The thread of an input does all of them, one after the
// other, and no other thread writes what it writes: with a thread per state under the window, as this
// schedule was before, the next site's thread could come first. Rows of sites meet no others under the same
// row of the window.
#pragma once

#include "generators/window_adjoint.h"
#include "schedules/idioms/gpu_products.h"

namespace fsd {

// d_result: output, output_x, output_y, sample. Leaves the gradient's own stage to the caller.
template<typename Gradient>
void adjoint_in_memory(Gradient &d_result, WindowAdjoint &adjoint, const Halide::Target &target,
                       const ProductTiles &tiles) {
    Panels &filters = adjoint.filters;
    pack_panels_on_gpu(filters);
    Halide::Expr aligned = ends_with_a_turn(d_result.dim(0).extent(), tiles), sites = filters.extents[1];
    for (int axis = 1; axis < 4; axis++) {
        aligned = aligned && d_result.dim(axis).stride() % 4 == 0;
        sites = sites * d_result.dim(axis).extent();
    }
    const Product product{adjoint.sent, adjoint.sum,       adjoint.gradient.name(),
                          false,        filters,           adjoint.column,
                          adjoint.site, {adjoint.outputs}, filters.states * filters.groups * sites,
                          aligned,      Halide::Expr(),    target.has_feature(Halide::Target::CUDA)};
    Halide::Func stored = adjoint.sent.in();
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
    Halide::RDom &reach = adjoint.reach;
    Halide::Func &received = adjoint.received;
    Halide::Func from_row =
        received.update().split(reach.x, offset, state, filters.states, guard).rfactor(reach.w, window_row);
    elements_in_memory(from_row);
    from_row.update()
        .allow_race_conditions()
        .split(state, chunk, state_thread, 32, guard)
        .reorder(offset, reach.y, chunk, state_thread, adjoint.sample, reach.z, window_row)
        .gpu_threads(state_thread)
        .gpu_blocks(adjoint.sample, reach.z, window_row);
    elements_in_memory(received);
    threads_over(received.update().reorder(reach.w, adjoint.column, adjoint.y, adjoint.sample),
                 {adjoint.column, adjoint.y, adjoint.sample});
}

}  // namespace fsd
