// d log q = n sum over samples of d_log_evidence times probability.
#include "generators/kld_linear_backward_filters.h"

namespace fsd {

void KldLinearBackwardFilters::generate() {
    samples = Halide::RDom(0, probability.dim(1).extent(), "samples");
    sum(output, input) = 0.f;
    sum(output, input) += d_log_evidence(output, samples) * probability(input, samples);
    d_log_likelihood(output, input) = observations * sum(output, input);

    probability.set_estimates({{0, 512}, {0, 50}});
    d_log_evidence.set_estimates({{0, 10}, {0, 50}});
    d_log_likelihood.set_estimates({{0, 10}, {0, 512}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinearBackwardFilters, kld_linear_backward_filters)
