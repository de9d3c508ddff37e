// log q = theta - log sum exp theta, over the input states of each position and output.
#include "generators/log_normalize_filters.h"

#include "generators/log_space.h"

namespace fsd {

void LogNormalizeFilters::generate() {
    const Expr count = theta.dim(1).extent();
    const bool plain = PlainFormulas::are_wanted();
    const Ways ways(count <= few_states);
    states = Halide::RDom(0, count, "states");
    states_of_few = Halide::RDom(0, select(ways.is_first(), count, 0), "states_of_few");
    states_of_many = Halide::RDom(0, plain ? count : select(ways.is_first(), 0, count), "states_of_many");
    const auto share = [&](const Expr &s) {
        return joint(theta(output, s, position), peak(output, position));
    };
    peak(output, position) = -infinity;
    peak(output, position) = max(peak(output, position), theta(output, states, position));
    mass(output, position) = 0.f;
    mass(output, position) = strict_sum(mass(output, position), share(states_of_few));
    mass_of_many(output, position) = cast<double>(0.f);
    mass_of_many(output, position) =
        strict_sum(mass_of_many(output, position), cast<double>(share(states_of_many)));
    log_mass(output, position) =
        logarithm(ways(mass(output, position), cast<float>(mass_of_many(output, position))));
    log_likelihood(output, input_state, position) = log_normalized(
        theta(output, input_state, position), peak(output, position), log_mass(output, position));

    theta.set_estimates({{0, 32}, {0, 16}, {0, 25}});
    log_likelihood.set_estimates({{0, 32}, {0, 16}, {0, 25}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogNormalizeFilters, log_normalize_filters)
