// Case of erf.
#include "cases/element_wise.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    map_elements(problem, "activation", problem["preactivation"], [](double z) { return std::erf(z); });
}

// Within 1.2 ULP (generators/error_function.h), each at most an epsilon.
double tolerance(const Problem &, const std::string &, double expected) {
    return 1.2 * epsilon * std::fabs(expected);
}

const CaseOf erf_case{{
    "erf",
    {{"preactivation", Domain::logits}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    tolerance,
    per_element("preactivation", 30 + exp_operations, 8),
}};

}  // namespace
}  // namespace fsd::testing
