// d log q = n sum over samples of d_log_evidence times probability.
#include "generators/kld_linear_backward_filters.h"

#include "generators/start_at_zero.h"

namespace fsd {

void KldLinearBackwardFilters::generate() {
    using Halide::BoundaryConditions::repeat_edge;
    start_at_zero({probability, d_log_evidence, d_log_likelihood});
    samples = Halide::RDom(0, probability.dim(1).extent(), "samples");
    if (PlainFormulas::are_wanted()) {
        observed = probability;
        gradient = d_log_evidence;
    } else {
        observed = repeat_edge(probability, {{0, probability.dim(0).extent()}});
        gradient = repeat_edge(d_log_evidence, {{0, d_log_evidence.dim(0).extent()}});
    }
    sum(output, input) = 0.f;
    sum(output, input) += gradient(output, samples) * observed(input, samples);
    sums(output, input) = sum(output, input);
    d_log_likelihood(output, input) = observations * sums(output, input);

    probability.set_estimates({{0, 512}, {0, 50}});
    d_log_evidence.set_estimates({{0, 10}, {0, 50}});
    d_log_likelihood.set_estimates({{0, 10}, {0, 512}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldLinearBackwardFilters, kld_linear_backward_filters)
