// Case of quadratic.
#include "cases/element_wise.h"
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// Two products and a sum, half an epsilon each.
void reference(Problem &problem) {
    const double alpha = problem.scalars.at("alpha");
    map_elements(problem, "activation", problem["preactivation"], [&](double z) {
        const double square = alpha * z * z;
        allow_error(problem, epsilon * (std::fabs(square) + 0.5 * std::fabs(z + square)));
        return z + square;
    });
}

const CaseOf quadratic{{
    "quadratic",
    {{"preactivation", Domain::logits}},
    {{"alpha", -0.375}},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    allowed_error,
    per_element("preactivation", 3, 8),
}};

}  // namespace
}  // namespace fsd::testing
