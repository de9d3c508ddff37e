// d_weight = sum over samples of the site's d_preactivation times the features under its window.
#include "generators/locally_connected_backward_weight.h"

#include "generators/start_at_zero.h"

namespace fsd {

void LocallyConnectedBackwardWeight::generate() {
    start_at_zero({features, d_preactivation, d_weight});
    const WindowAxis columns{features.dim(1).extent(), d_weight.dim(2).extent(), stride_x, padding_x};
    const WindowAxis rows{features.dim(2).extent(), d_weight.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, d_preactivation.dim(1).extent(), rows, d_preactivation.dim(2).extent());

    map.define(features);
    gradient(output, sample, output_x, output_y) = Halide::BoundaryConditions::repeat_edge(
        d_preactivation, {{0, d_preactivation.dim(0).extent()}})(output, output_x, output_y, sample);
    samples = Halide::RDom(0, d_preactivation.dim(3).extent(), "samples");
    sum(output, input, window_x, window_y, output_x, output_y) = 0.f;
    sum(output, input, window_x, window_y, output_x, output_y) +=
        gradient(output, samples, output_x, output_y) *
        map.func(input, columns.site(output_x, window_x), rows.site(output_y, window_y), samples);
    sums(output, input, window_x, window_y, output_x, output_y) =
        sum(output, input, window_x, window_y, output_x, output_y);
    d_weight(output, input, window_x, window_y, output_x, output_y) =
        sums(output, input, window_x, window_y, output_x, output_y);

    features.set_estimates({{0, 32}, {0, 16}, {0, 16}, {0, 50}});
    d_preactivation.set_estimates({{0, 32}, {0, 16}, {0, 16}, {0, 50}});
    d_weight.set_estimates({{0, 32}, {0, 32}, {0, 3}, {0, 3}, {0, 16}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LocallyConnectedBackwardWeight, locally_connected_backward_weight)
