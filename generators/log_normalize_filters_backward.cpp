// d theta = R - q sum R, over the input states of each position and output.
#include "generators/log_normalize_filters_backward.h"

#include "generators/log_space.h"

namespace fsd {

void LogNormalizeFiltersBackward::generate() {
    states = Halide::RDom(0, log_likelihood.dim(1).extent(), "states");
    total(output, position) = 0.f;
    total(output, position) += d_log_likelihood(output, states, position);
    d_theta(output, input_state, position) =
        d_log_likelihood(output, input_state, position) -
        exponential(log_likelihood(output, input_state, position)) * total(output, position);

    log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 25}});
    d_log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 25}});
    d_theta.set_estimates({{0, 32}, {0, 16}, {0, 25}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalizeFiltersBackward, log_normalize_filters_backward)
