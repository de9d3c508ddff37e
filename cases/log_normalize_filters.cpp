// Case of log_normalize_filters.
#include "cases/filters.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &theta = problem["theta"];
    Values &log_likelihood = problem.output("log_likelihood", theta.shape);
    const int states = problem.extent("input_state");
    for_each_filter(problem, [&](int position, int output) {
        double peak = theta(position, 0, output), mass = 0;
        for (int s = 1; s < states; s++) {
            peak = std::max(peak, theta(position, s, output));
        }
        for (int s = 0; s < states; s++) {
            mass += std::exp(theta(position, s, output) - peak);
        }
        for (int s = 0; s < states; s++) {
            log_likelihood(position, s, output) = theta(position, s, output) - peak - std::log(mass);
        }
    });
}

// The difference to the peak is rounded once (half an epsilon of at most |expected| + log mass); the mass has
// a relative error of at most 1 ULP from exp, half an epsilon of the exponent's rounding at the terms that
// matter, and half an epsilon per addition; its logarithm 1 ULP; the last subtraction half an epsilon of the
// result.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const double states = problem.extent("input_state");
    return epsilon * (std::fabs(expected) + 2 * std::log(states) + 0.5 * states + 2);
}

const CaseOf log_normalize_filters{{
    "log_normalize_filters",
    {{"theta", Domain::logits}},
    {},
    filter_shapes(),
    filter_bench_shapes(),
    reference,
    tolerance,
    per_element("theta", 5, 8),
}};

}  // namespace
}  // namespace fsd::testing
