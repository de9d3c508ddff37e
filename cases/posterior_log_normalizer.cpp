// Case of posterior_log_normalizer.
#include "cases/rows.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &logits = problem["logits"], &posterior = problem["posterior"];
    Values &log_normalizer =
        problem.output("log_normalizer", {problem.extent("site"), problem.extent("group")});
    const int states = problem.extent("state");
    for_each_row(logits, states, [&](std::size_t row) {
        const double *z = &logits.data[row], *p = &posterior.data[row];
        log_normalizer.data[row / states] =
            *std::max_element(z, z + states) - std::log(*std::max_element(p, p + states));
    });
}

// 1 ULP of the logarithm, which is at most log S, and half an epsilon of the difference.
double tolerance(const Problem &problem, const std::string &, double expected) {
    return epsilon * (0.5 * std::fabs(expected) + std::log(problem.extent("state")) + 1e-30);
}

const CaseOf posterior_log_normalizer{{
    "posterior_log_normalizer",
    {{"logits", Domain::logits}, {"posterior", Domain::probability}},
    {},
    normalization_shapes(),
    normalization_bench_shapes(),
    reference,
    tolerance,
    per_element("logits", 2, 8),
}};

}  // namespace
}  // namespace fsd::testing
