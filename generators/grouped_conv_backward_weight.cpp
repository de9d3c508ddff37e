// d_weight = sum over samples and output sites of d_preactivation times the features of the output's group
// under the window.
#include "generators/grouped_conv_backward_weight.h"

#include "generators/grouped_sums.h"
#include "generators/start_at_zero.h"

namespace fsd {

void GroupedConvBackwardWeight::generate() {
    start_at_zero({features, d_preactivation, d_weight});
    const WindowAxis columns{features.dim(1).extent(), d_weight.dim(2).extent(), stride_x, padding_x};
    const WindowAxis rows{features.dim(2).extent(), d_weight.dim(3).extent(), stride_y, padding_y};
    const Expr width = d_preactivation.dim(1).extent(), height = d_preactivation.dim(2).extent();
    require_window(*this, columns, width, rows, height);
    const ChannelGroups of{groups, d_weight.dim(0).extent(), d_weight.dim(1).extent()};
    of.require(*this, features.dim(0).extent());
    are_depthwise = of.are_depthwise();
    const Expr parts = of.outputs / of.blocks();

    map.define(features);
    gradient = Halide::BoundaryConditions::repeat_edge(d_preactivation, {{0, of.outputs}});
    term = Halide::RDom(0, width, 0, height, 0, d_preactivation.dim(3).extent(), "term");
    sum(part, from, window_x, window_y, block) = 0.f;
    sum(part, from, window_x, window_y, block) +=
        gradient(part + parts * block, term.x, term.y, term.z) *
        map.func(select(are_depthwise, part, from + of.group_inputs * block), columns.site(term.x, window_x),
                 rows.site(term.y, window_y), term.z);
    define_weights(parts, of.blocks());

    features.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
    d_preactivation.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
    d_weight.set_estimates({{0, 64}, {0, 1}, {0, 3}, {0, 3}});
}

void GroupedConvBackwardWeight::define_weights(const Expr &parts, const Expr &blocks) {
    const Halide::Var any("output");
    if (PlainFormulas::are_wanted()) {
        d_weight(any, from, window_x, window_y) = sum(any % parts, from, window_x, window_y, any / parts);
        return;
    }
    channels = Halide::RDom(0, parts, 0, blocks, "channels");
    const Expr output =
        Halide::unsafe_promise_clamped(channels.x + parts * channels.y, 0, parts * blocks - 1);
    d_weight(any, from, window_x, window_y) = Halide::undef<float>();
    d_weight(output, from, window_x, window_y) = sum(channels.x, from, window_x, window_y, channels.y);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::GroupedConvBackwardWeight, grouped_conv_backward_weight)
