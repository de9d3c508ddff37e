// d p = n times what the windows send back: the sum over outputs of d_log_evidence log q.
#include "generators/kld_conv_backward_states.h"

#include "generators/start_at_zero.h"

namespace fsd {

void KldConvBackwardStates::generate() {
    adjoint.columns = {d_probability.dim(1).extent(), log_likelihood.dim(2).extent(), stride_x, padding_x};
    adjoint.rows = {d_probability.dim(2).extent(), log_likelihood.dim(3).extent(), stride_y, padding_y};
    adjoint.width = d_log_evidence.dim(1).extent();
    adjoint.height = d_log_evidence.dim(2).extent();
    require_window(*this, adjoint.columns, adjoint.width, adjoint.rows, adjoint.height);
    start_at_zero({d_log_evidence, log_likelihood, d_probability});

    adjoint.inputs = log_likelihood.dim(1).extent();
    adjoint.number_of_outputs = log_likelihood.dim(0).extent();
    adjoint.lanes = measured.number(target, vector_width(target));
    adjoint.define(d_log_evidence,
                   [&](const Expr &to, const Expr &from, const Expr &offset_x, const Expr &offset_y) {
                       return log_likelihood(to, from, offset_x, offset_y);
                   });
    d_probability(input, x, y, sample) = observations * adjoint.at(input, x, y, sample);

    d_log_evidence.set_estimates({{0, 32}, {0, 8}, {0, 8}, {0, 50}});
    log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 5}, {0, 5}});
    d_probability.set_estimates({{0, 16}, {0, 12}, {0, 12}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvBackwardStates, kld_conv_backward_states)
