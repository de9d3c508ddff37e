// log q = theta - log sum exp theta, over the input states of each position and output.
#include "generators/log_normalize_filters.h"

#include "generators/log_space.h"

namespace fsd {

void LogNormalizeFilters::generate() {
    states = Halide::RDom(0, theta.dim(1).extent(), "states");
    peak(output, position) = -infinity;
    peak(output, position) = max(peak(output, position), theta(output, states, position));
    mass(output, position) = 0.f;
    mass(output, position) =
        strict_sum(mass(output, position), joint(theta(output, states, position), peak(output, position)));
    log_mass(output, position) = logarithm(mass(output, position));
    log_likelihood(output, input_state, position) = log_normalized(
        theta(output, input_state, position), peak(output, position), log_mass(output, position));

    theta.set_estimates({{0, 32}, {0, 16}, {0, 25}});
    log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 25}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalizeFilters, log_normalize_filters)
