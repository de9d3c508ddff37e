// d_features = sum over the windows that hold a site, and over the outputs, of d_preactivation times the
// weights of the window's site.
#include "generators/locally_connected_backward_features.h"

#include "generators/start_at_zero.h"

namespace fsd {

void LocallyConnectedBackwardFeatures::generate() {
    start_at_zero({d_preactivation, weight, d_features});
    const WindowAxis columns{d_features.dim(1).extent(), weight.dim(2).extent(), stride_x, padding_x};
    const WindowAxis rows{d_features.dim(2).extent(), weight.dim(3).extent(), stride_y, padding_y};
    const Expr width = d_preactivation.dim(1).extent(), height = d_preactivation.dim(2).extent();
    require_window(*this, columns, width, rows, height);

    if (PlainFormulas::are_wanted()) {
        define_plainly(columns, rows);
    } else {
        define_lanes(columns, rows);
    }

    d_preactivation.set_estimates({{0, 32}, {0, 16}, {0, 16}, {0, 50}});
    weight.set_estimates({{0, 32}, {0, 32}, {0, 3}, {0, 3}, {0, 16}, {0, 16}});
    d_features.set_estimates({{0, 32}, {0, 16}, {0, 16}, {0, 50}});
}

void LocallyConnectedBackwardFeatures::define_plainly(const WindowAxis &columns, const WindowAxis &rows) {
    const Expr width = d_preactivation.dim(1).extent(), height = d_preactivation.dim(2).extent();
    const Halide::RDom places(0, weight.dim(0).extent(), 0, columns.window, 0, rows.window, "places");
    const Expr held = columns.holds(x, places.y) && rows.holds(y, places.z);
    const Expr output_x = clamp(columns.position(x, places.y), 0, width - 1),
               output_y = clamp(rows.position(y, places.z), 0, height - 1);
    sum(input, x, y, sample) = 0.f;
    sum(input, x, y, sample) += select(held,
                                       weight(places.x, input, places.y, places.z, output_x, output_y) *
                                           d_preactivation(places.x, output_x, output_y, sample),
                                       0.f);
    d_features(input, x, y, sample) = sum(input, x, y, sample);
}

void LocallyConnectedBackwardFeatures::define_lanes(const WindowAxis &columns, const WindowAxis &rows) {
    const Expr width = d_preactivation.dim(1).extent(), height = d_preactivation.dim(2).extent();
    const int lanes = measured.number(target, vector_width(target));
    const Expr outputs = weight.dim(0).extent(), whole = outputs / lanes;
    const Expr from = min(input, weight.dim(1).extent() - 1);
    const Expr existing = min(sample, d_preactivation.dim(3).extent() - 1);
    const auto windows_that_hold = [&](const Expr &count, const std::string &name) {
        Halide::RDom places(0, count, 0, columns.window, 0, rows.window, name);
        places.where(columns.holds(x, places.y) && rows.holds(y, places.z));
        return places;
    };
    const auto term = [&](const Expr &output, const Halide::RDom &places) {
        const Expr output_x = clamp(columns.position(x, places.y), 0, width - 1),
                   output_y = clamp(rows.position(y, places.z), 0, height - 1);
        return weight(output, from, places.y, places.z, output_x, output_y) *
               d_preactivation(output, output_x, output_y, existing);
    };
    chunks = windows_that_hold(whole, "chunks");
    rest = windows_that_hold(outputs % lanes, "rest");
    partial(lane, input, x, y, sample) = 0.f;
    partial(lane, input, x, y, sample) += term(lane + lanes * chunks.x, chunks);
    partial(rest.x, input, x, y, sample) += term(rest.x + lanes * whole, rest);
    all_lanes = Halide::RDom(0, lanes, "lanes");
    sum(input, x, y, sample) = 0.f;
    sum(input, x, y, sample) += partial(all_lanes, input, x, y, sample);
    sums(input, x, y, sample) = sum(input, x, y, sample);
    d_features(input, x, y, sample) = sums(input, x, y, sample);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LocallyConnectedBackwardFeatures, locally_connected_backward_features)
