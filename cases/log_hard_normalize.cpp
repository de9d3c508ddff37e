// Case of log_hard_normalize.
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
        for (int s = 0; s < states; s++) {
            log_posterior.data[row + s] = z[s] - peak;
        }
    });
}

// One rounding.
double tolerance(const Problem &problem, const std::string &, double expected) {
    (void)problem;
    return 0.5 * epsilon * std::fabs(expected);
}

const CaseOf log_hard_normalize{{
    "log_hard_normalize",
    {{"logits", Domain::logits}},
    {},
    normalization_shapes(),
    normalization_bench_shapes(),
    reference,
    tolerance,
    per_element("logits", 2, 8),
}};

}  // namespace
}  // namespace fsd::testing
