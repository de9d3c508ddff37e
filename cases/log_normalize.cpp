// Case of log_normalize.
#include "cases/rows.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &logits = problem["logits"];
    Values &log_posterior = problem.output("log_posterior", logits.shape);
    const int states = problem.extent("state");
    for_each_row(logits, states, [&](std::size_t row) {
        const double *z = &logits.data[row];
        const double peak = *std::max_element(z, z + states);
        double mass = 0;
        for (int s = 0; s < states; s++) {
            mass += std::exp(z[s] - peak);
        }
        for (int s = 0; s < states; s++) {
            log_posterior.data[row + s] = z[s] - peak - std::log(mass);
        }
    });
}

// The difference to the peak is rounded once: half an epsilon of at most |expected| + log S. The mass has
// that error, weighted by the posterior (at most log S), that of exp (1 ULP; in rows of more than 32 states
// 2.1, and 0.6 log S) and that of the sum; its logarithm 1 ULP; the last difference half an epsilon of the
// result.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const int states = problem.extent("state");
    const double exponential = states > 32 ? 2.1 + 0.6 * std::log(states) : 1;
    return epsilon * (std::fabs(expected) + 2 * std::log(states) + exponential + 0.5 * roundings(states) + 1);
}

const CaseOf log_normalize{{
    "log_normalize",
    {{"logits", Domain::logits}},
    {},
    normalization_shapes(),
    normalization_bench_shapes(),
    reference,
    tolerance,
    per_element("logits", 5, 8),
}};

}  // namespace
}  // namespace fsd::testing
