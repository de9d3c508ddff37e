// Each output site sends to each site under its window n sum over outputs of d_log_evidence log q; a site
// receives the sum over the windows that hold it. Written this way every product is needed, for any stride: a
// gather over all outputs and window positions would multiply zeros at the border and between the strides.
#include "generators/kld_conv_backward_states.h"

#include "generators/window.h"

namespace fsd {

void KldConvBackwardStates::generate() {
    const WindowAxis columns{d_probability.dim(1).extent(), log_likelihood.dim(2).extent(), stride_x,
                             padding_x};
    const WindowAxis rows{d_probability.dim(2).extent(), log_likelihood.dim(3).extent(), stride_y, padding_y};
    require_window(*this, columns, d_log_evidence.dim(1).extent(), rows, d_log_evidence.dim(2).extent());

    transposed(input, output, window_x, window_y) = log_likelihood(output, input, window_x, window_y);
    outputs = Halide::RDom(0, log_likelihood.dim(0).extent(), "outputs");
    sent(input, window_x, window_y, output_x, output_y, sample) = 0.f;
    sent(input, window_x, window_y, output_x, output_y, sample) +=
        d_log_evidence(outputs, output_x, output_y, sample) * transposed(input, outputs, window_x, window_y);

    window = Halide::RDom(0, columns.window, 0, rows.window, "window");
    window.where(columns.holds(x, window.x));
    window.where(rows.holds(y, window.y));
    received(input, x, y, sample) = 0.f;
    received(input, x, y, sample) +=
        sent(input, window.x, window.y, clamp(columns.position(x, window.x), 0, columns.positions() - 1),
             clamp(rows.position(y, window.y), 0, rows.positions() - 1), sample);
    d_probability(input, x, y, sample) = observations * received(input, x, y, sample);

    d_log_evidence.set_estimates({{0, 32}, {0, 8}, {0, 8}, {0, 50}});
    log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 5}, {0, 5}});
    d_probability.set_estimates({{0, 16}, {0, 12}, {0, 12}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvBackwardStates, kld_conv_backward_states)
