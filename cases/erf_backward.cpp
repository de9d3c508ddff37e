// Case of erf_backward.
#include "cases/element_wise.h"
#include "cases/error_bound.h"

#include <cmath>
#include <limits>

namespace fsd::testing {
namespace {

const double two_over_root_pi = 2 / std::sqrt(std::acos(-1.));

// The square is rounded by half an epsilon of z^2, which is one of the exponential; that has 0.9 ULP; the
// constant, its product and that with the gradient have half an epsilon each. Below the smallest normal
// number the exponential is 0.
void reference(Problem &problem) {
    map_elements(problem, "d_preactivation", problem["preactivation"], problem["d_activation"],
                 [&](double z, double gradient) {
                     const double d = two_over_root_pi * std::exp(-z * z) * gradient;
                     const double least = std::numeric_limits<float>::min() * std::fabs(gradient);
                     allow_error(problem, epsilon * (2.4 + 0.5 * z * z) * std::fabs(d) + 1.2 * least);
                     return d;
                 });
}

const CaseOf erf_backward{{
    "erf_backward",
    {{"preactivation", Domain::logits}, {"d_activation", Domain::gradient}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    allowed_error,
    per_element("preactivation", 3 + exp_operations, 12),
}};

}  // namespace
}  // namespace fsd::testing
