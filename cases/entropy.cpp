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

Work work(const Problem &problem) {
    const auto elements = static_cast<double>(problem["probability"].data.size());
    return {3 * elements, 4 * elements};
}

const CaseOf entropy{{
    "entropy",
    {{"probability", Domain::probability}},
    {},
    without_groups(normalization_shapes()),
    without_groups(normalization_bench_shapes()),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
