// preactivation = bias + sum over the window of features times weights, both others at each site.
#include "generators/locally_connected.h"

#include "generators/evidence.h"
#include "generators/start_at_zero.h"

namespace fsd {

void LocallyConnected::generate() {
    start_at_zero({features, weight, bias, preactivation});
    const WindowAxis columns{features.dim(1).extent(), weight.dim(2).extent(), stride_x, padding_x};
    const WindowAxis rows{features.dim(2).extent(), weight.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, preactivation.dim(1).extent(), rows, preactivation.dim(2).extent());

    map.define(features);
    places = Halide::RDom(0, features.dim(0).extent(), 0, columns.window, 0, rows.window, "places");
    const Expr existing = min(sample, features.dim(3).extent() - 1);
    sum(output, output_x, output_y, sample) = 0.f;
    sum(output, output_x, output_y, sample) +=
        weight(output, places.x, places.y, places.z, output_x, output_y) *
        map.func(places.x, columns.site(output_x, places.y), rows.site(output_y, places.z), existing);
    sums(output, output_x, output_y, sample) = sum(output, output_x, output_y, sample);
    preactivation(output, output_x, output_y, sample) =
        evidence(bias(output, output_x, output_y), Expr(), sums(output, output_x, output_y, sample));

    features.set_estimates({{0, 32}, {0, 16}, {0, 16}, {0, 50}});
    weight.set_estimates({{0, 32}, {0, 32}, {0, 3}, {0, 3}, {0, 16}, {0, 16}});
    bias.set_estimates({{0, 32}, {0, 16}, {0, 16}});
    preactivation.set_estimates({{0, 32}, {0, 16}, {0, 16}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LocallyConnected, locally_connected)
