// Case of log_normalizer.
#include "cases/rows.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &logits = problem["logits"];
    Values &log_normalizer =
        problem.output("log_normalizer", {problem.extent("site"), problem.extent("group")});
    const int states = problem.extent("state");
    for_each_row(logits, states, [&](std::size_t row) {
        const double *z = &logits.data[row];
        const double peak = *std::max_element(z, z + states);
        double mass = 0;
        for (int s = 0; s < states; s++) {
            mass += std::exp(z[s] - peak);
        }
        log_normalizer.data[row / states] = peak + std::log(mass);
    });
}

// The difference to the peak is rounded once, weighted by the posterior: at most half an epsilon of log S.
// The mass has that error, 1 ULP of exp and that of the sum; its logarithm, at most log S, 1 ULP; the sum
// with the peak, which is at most log S away from the result, half an epsilon of that.
double tolerance(const Problem &problem, const std::string &, double expected) {
    const int states = problem.extent("state");
    return epsilon * (0.5 * std::fabs(expected) + 2 * std::log(states) + 0.5 * roundings(states) + 2);
}

const CaseOf log_normalizer{{
    "log_normalizer",
    {{"logits", Domain::logits}},
    {},
    normalization_shapes(),
    normalization_bench_shapes(),
    reference,
    tolerance,
    per_element("logits", 4, 4),
}};

}  // namespace
}  // namespace fsd::testing
