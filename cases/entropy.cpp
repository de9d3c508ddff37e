// Case of entropy.
#include "cases/rows.h"

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    const int states = problem.extent("state");
    Values &entropy = problem.output("entropy", {problem.extent("site")});
    for_each_row(probability, states, [&](std::size_t row) {
        for (int s = 0; s < states; s++) {
            const double p = probability.data[row + s];
            entropy.data[row / states] -= p > 0 ? p * std::log(p) : 0;
        }
    });
}

// No term is negative; each has 1 ULP of the logarithm and half an epsilon of the product.
double tolerance(const Problem &problem, const std::string &, double expected) {
    return epsilon * expected * (2 + 0.5 * roundings(problem.extent("state")));
}

const CaseOf entropy{{
    "entropy",
    {{"probability", Domain::probability}},
    {},
    without_groups(normalization_shapes()),
    without_groups(normalization_bench_shapes()),
    reference,
    tolerance,
    per_element("probability", 3, 4),
}};

}  // namespace
}  // namespace fsd::testing
