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

Work work(const Problem &problem) {
    const auto elements = static_cast<double>(problem["preactivation"].data.size());
    return {3 * elements, 8 * elements};
}

const CaseOf quadratic{{
    "quadratic",
    {{"preactivation", Domain::logits}},
    {{"alpha", -0.375}},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
