// Case of hard_normalize.
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
        for (int s = 0; s < states; s++) {
            posterior.data[row + s] = std::exp(z[s] - peak);
        }
    });
}

// Half an epsilon of the difference to the peak, 1 ULP of exp. What is below the normal numbers becomes 0.
double tolerance(const Problem &problem, const std::string &, double expected) {
    (void)problem;
    const double smallest_normal = std::numeric_limits<float>::min();
    const double difference = std::log(std::max(expected, smallest_normal));
    return smallest_normal + epsilon * expected * (0.5 * std::fabs(difference) + 1);
}

const CaseOf hard_normalize{{
    "hard_normalize",
    {{"logits", Domain::logits}},
    {},
    normalization_shapes(),
    normalization_bench_shapes(),
    reference,
    tolerance,
    per_element("logits", 3, 8),
}};

}  // namespace
}  // namespace fsd::testing
