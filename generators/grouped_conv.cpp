// preactivation = bias + sum over the window of the features of an output's group times weights.
#include "generators/grouped_conv.h"

#include "generators/start_at_zero.h"

namespace fsd {

void GroupedConv::generate() {
    start_at_zero({features, weight, bias, preactivation});
    const WindowAxis columns{features.dim(1).extent(), weight.dim(2).extent(), stride_x, padding_x};
    const WindowAxis rows{features.dim(2).extent(), weight.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, preactivation.dim(1).extent(), rows, preactivation.dim(2).extent());
    const ChannelGroups channels{groups, weight.dim(0).extent(), weight.dim(1).extent()};
    channels.require(*this, features.dim(0).extent());

    grouped.are_depthwise = channels.are_depthwise();
    grouped.blocks = channels.blocks();
    grouped.parts = channels.outputs / grouped.blocks;
    grouped.terms = channels.group_inputs;
    grouped.window_x = columns.window;
    grouped.window_y = rows.window;
    grouped.map.define(features);
    grouped.define([&](const Expr &part, const Expr &term, const Expr &x, const Expr &y,
                       const Expr &block) { return weight(part + grouped.parts * block, term, x, y); },
                   [&](const Expr &site, const Expr &offset) { return columns.site(site, offset); },
                   [&](const Expr &site, const Expr &offset) { return rows.site(site, offset); });
    grouped.define_map(
        preactivation, {output, output_x, output_y, sample},
        [&](const Expr &channel, const Expr &sum) { return evidence(bias(channel), Expr(), sum); });

    features.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
    weight.set_estimates({{0, 64}, {0, 1}, {0, 3}, {0, 3}});
    bias.set_estimates({{0, 64}});
    preactivation.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::GroupedConv, grouped_conv)
