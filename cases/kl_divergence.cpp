// Case of kl_divergence.
#include "cases/error_bound.h"
#include "cases/rows.h"

#include <limits>

namespace fsd::testing {
namespace {

// Each term has half an epsilon of the quotient, 1 ULP of the logarithm, half an epsilon of the product.
void reference(Problem &problem) {
    const Values &probability = problem["probability"];
    const Values &reference = problem["reference"];
    const int states = problem.extent("state");
    Values &divergence = problem.output("divergence", {problem.extent("site")});
    for_each_row(probability, states, [&](std::size_t row) {
        double magnitude = 0;
        for (int s = 0; s < states; s++) {
            const double p = probability.data[row + s], q = reference.data[row + s];
            const double term = p > 0 ? p * std::log(p / q) : 0;
            divergence.data[row / states] += term;
            magnitude += std::fabs(term) * (2 + 0.5 * roundings(states)) + 0.5 * p;
        }
        if (std::isfinite(magnitude)) {
            allow_error(problem, epsilon * magnitude);
        }
    });
    allow_error(problem, std::numeric_limits<float>::min());
}

const CaseOf kl_divergence{{
    "kl_divergence",
    {{"probability", Domain::probability}, {"reference", Domain::probability}},
    {},
    without_groups(normalization_shapes()),
    without_groups(normalization_bench_shapes()),
    reference,
    allowed_error,
    per_element("probability", 4, 8),
}};

}  // namespace
}  // namespace fsd::testing
