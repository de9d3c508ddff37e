// Case of normalize.
#include "cases/rows.h"

#include <limits>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &logits = problem["logits"];
    Values &posterior = problem.output("posterior", logits.shape);
    const int states = problem.extent("state");
    for_each_row(logits, states, [&](std::size_t row) {
        const double *z = &logits.data[row];
        const double peak = *std::max_element(z, z + states);
        double mass = 0;
        for (int s = 0; s < states; s++) {
            mass += std::exp(z[s] - peak);
        }
        for (int s = 0; s < states; s++) {
            posterior.data[row + s] = std::exp(z[s] - peak) / mass;
        }
    });
}

// Relative error: half an epsilon of the difference to the peak, at most |log expected| + log S, in the
// weight, and its mean in the mass; 1 ULP of exp in both; the sum; the reciprocal; the product. What is below
// the normal numbers may become 0.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const int states = problem.extent("state");
    const double smallest_normal = std::numeric_limits<float>::min();
    const double log_posterior = std::log(std::max(expected, smallest_normal));
    return smallest_normal +
           epsilon * expected *
               (0.5 * std::fabs(log_posterior) + std::log(states) + 0.5 * roundings(states) + 3);
}

const CaseOf normalize{{
    "normalize",
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
