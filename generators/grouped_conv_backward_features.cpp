// d_features = sum over the windows that hold a site, and over the outputs of its group, of d_preactivation
// times weights. The gradient is read as a map with as many sites as the features, with zeros where no window
// begins.
#include "generators/grouped_conv_backward_features.h"

#include "generators/start_at_zero.h"

namespace fsd {

void GroupedConvBackwardFeatures::generate() {
    start_at_zero({d_preactivation, weight, d_features});
    const WindowAxis columns{d_features.dim(1).extent(), weight.dim(2).extent(), stride_x, padding_x};
    const WindowAxis rows{d_features.dim(2).extent(), weight.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, d_preactivation.dim(1).extent(), rows, d_preactivation.dim(2).extent());
    const ChannelGroups channels{groups, weight.dim(0).extent(), weight.dim(1).extent()};
    channels.require(*this, d_features.dim(0).extent());

    grouped.are_depthwise = channels.are_depthwise();
    grouped.blocks = channels.blocks();
    grouped.parts = channels.inputs() / grouped.blocks;
    grouped.terms = select(grouped.are_depthwise, 1, channels.group_outputs());
    grouped.window_x = columns.window;
    grouped.window_y = rows.window;
    grouped.map.define_spread(d_preactivation, columns, rows);
    grouped.define(
        [&](const Expr &part, const Expr &term, const Expr &offset_x, const Expr &offset_y,
            const Expr &block) {
            return weight(select(grouped.are_depthwise, part, term + grouped.terms * block),
                          select(grouped.are_depthwise, 0, part), offset_x, offset_y);
        },
        [&](const Expr &site, const Expr &offset) { return site + padding_x - offset; },
        [&](const Expr &site, const Expr &offset) { return site + padding_y - offset; });
    grouped.define_map(d_features, {input, x, y, sample}, [](const Expr &, const Expr &sum) { return sum; });

    d_preactivation.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
    weight.set_estimates({{0, 64}, {0, 1}, {0, 3}, {0, 3}});
    d_features.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::GroupedConvBackwardFeatures, grouped_conv_backward_features)
