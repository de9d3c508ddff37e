// Case of sigmoid_backward.
#include "cases/element_wise.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    map_elements(
        problem, "d_log_evidence", problem["activation"], problem["d_activation"],
        [](double probability, double gradient) { return gradient * probability * (1 - probability); });
}

// A difference and two products of half an epsilon each.
double tolerance(const Problem &, const std::string &, double expected) {
    return 1.5 * epsilon * std::fabs(expected);
}

const CaseOf sigmoid_backward{{
    "sigmoid_backward",
    {{"activation", Domain::probability}, {"d_activation", Domain::gradient}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    tolerance,
    per_element("activation", 3, 12),
}};

}  // namespace
}  // namespace fsd::testing
