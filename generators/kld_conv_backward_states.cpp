// Each output site sends to each site under its window n sum over outputs of d_log_evidence log q; a site
// receives the sum over the windows that hold it. Written this way every product is needed, for any stride: a
// gather over all outputs and window positions would multiply zeros at the border and between the strides.
#include "generators/kld_conv_backward_states.h"

#include "generators/evidence.h"
#include "generators/start_at_zero.h"

namespace fsd {

void KldConvBackwardStates::generate() {
    const WindowAxis columns{d_probability.dim(1).extent(), log_likelihood.dim(2).extent(), stride_x,
                             padding_x};
    const WindowAxis rows{d_probability.dim(2).extent(), log_likelihood.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, d_log_evidence.dim(1).extent(), rows, d_log_evidence.dim(2).extent());
    start_at_zero({d_log_evidence, log_likelihood, d_probability});

    const Expr inputs = log_likelihood.dim(1).extent();
    filters.states = inputs;
    filters.groups = columns.window;
    filters.lanes = measured.number(target, vector_width(target));
    const Expr number_of_outputs = log_likelihood.dim(0).extent();
    filters.extents = {number_of_outputs, rows.window};
    filters.define([&](const Expr &state, const Expr &offset, const Panels::Axes &at) {
        return finite_logarithm(log_likelihood(at[0], state, offset, at[1]));
    });

    const SiteOrder order{d_log_evidence.dim(1).extent()};
    const Expr last_site = d_log_evidence.dim(1).extent() * d_log_evidence.dim(2).extent() - 1;
    const Expr existing = min(site, last_site);
    gradient(output, site, sample) = d_log_evidence(output, order.x(existing), order.y(existing), sample);

    outputs = Halide::RDom(0, number_of_outputs, "outputs");
    const Halide::Var lane = filters.lane, panel = filters.panel;
    sum(lane, panel, site, window_y, sample) = 0.f;
    sum(lane, panel, site, window_y, sample) +=
        filters.func(lane, outputs + number_of_outputs * window_y, panel) * gradient(outputs, site, sample);
    sent(column, site, window_y, sample) =
        sum(column % filters.lanes, column / filters.lanes, site, window_y, sample);

    reach = Halide::RDom(0, inputs * columns.window, 0, d_log_evidence.dim(1).extent(), 0,
                         d_log_evidence.dim(2).extent(), 0, rows.window, "reach");
    received(column, y, sample) = 0.f;
    received(reach.y * (stride_x * inputs) + reach.x, reach.z * stride_y + reach.w, sample) +=
        sent(reach.x, order.site(reach.y, reach.z), reach.w, sample);
    d_probability(input, x, y, sample) =
        observations * received((x + padding_x) * inputs + input, y + padding_y, sample);

    d_log_evidence.set_estimates({{0, 32}, {0, 8}, {0, 8}, {0, 50}});
    log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 5}, {0, 5}});
    d_probability.set_estimates({{0, 16}, {0, 12}, {0, 12}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvBackwardStates, kld_conv_backward_states)
