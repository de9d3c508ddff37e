// d p = n sum over outputs of d_log_evidence log q: the layer's sum with inputs and outputs exchanged.
#include "generators/kld_linear_backward_states.h"

#include "generators/start_at_zero.h"

namespace fsd {

void KldLinearBackwardStates::generate() {
    start_at_zero({d_log_evidence, log_likelihood, d_probability});
    transposed.inputs = d_log_evidence.dim(0).extent();
    transposed.samples = d_log_evidence.dim(1).extent();
    transposed.states = log_likelihood.dim(1).extent();
    transposed.groups = 1;
    transposed.lanes = measured.number(target, vector_width(target));
    transposed.define(d_log_evidence, [&](const Expr &state, const Expr &, const Expr &from) {
        return log_likelihood(from, state);
    });
    d_probability(input, sample) = observations * transposed.at(input, Expr(), sample);

    d_log_evidence.set_estimates({{0, 10}, {0, 50}});
    log_likelihood.set_estimates({{0, 10}, {0, 512}});
    d_probability.set_estimates({{0, 512}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinearBackwardStates, kld_linear_backward_states)
