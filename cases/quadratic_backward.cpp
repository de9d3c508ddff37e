// Case of quadratic_backward.
#include "cases/element_wise.h"
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// The slope's product and sum and the product with the gradient, half an epsilon each.
void reference(Problem &problem) {
    const double alpha = problem.scalars.at("alpha");
    map_elements(problem, "d_preactivation", problem["preactivation"], problem["d_activation"],
                 [&](double z, double gradient) {
                     const double rising = 2 * alpha * z, slope = 1 + rising;
                     allow_error(problem, epsilon * (0.5 * std::fabs(rising) + std::fabs(slope)) *
                                              std::fabs(gradient));
                     return slope * gradient;
                 });
}

const CaseOf quadratic_backward{{
    "quadratic_backward",
    {{"preactivation", Domain::logits}, {"d_activation", Domain::gradient}},
    {{"alpha", -0.375}},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    allowed_error,
    per_element("preactivation", 3, 12),
}};

}  // namespace
}  // namespace fsd::testing
