// d p = n sum over outputs of d_log_evidence times log q.
#include "generators/kld_linear_backward_states.h"

namespace fsd {

void KldLinearBackwardStates::generate() {
    transposed(input, output) = log_likelihood(output, input);
    outputs = Halide::RDom(0, log_likelihood.dim(0).extent(), "outputs");
    sum(input, sample) = 0.f;
    sum(input, sample) += d_log_evidence(outputs, sample) * transposed(input, outputs);
    d_probability(input, sample) = observations * sum(input, sample);

    d_log_evidence.set_estimates({{0, 10}, {0, 50}});
    log_likelihood.set_estimates({{0, 10}, {0, 512}});
    d_probability.set_estimates({{0, 512}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinearBackwardStates, kld_linear_backward_states)
