// Case of relu_backward.
#include "cases/element_wise.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    map_elements(problem, "d_log_evidence", problem["log_evidence"], problem["d_activation"],
                 [](double evidence, double gradient) { return evidence > 0 ? gradient : 0; });
}

// Exact.
double tolerance(const Problem &, const std::string &, double) {
    return 0;
}

const CaseOf relu_backward{{
    "relu_backward",
    {{"log_evidence", Domain::logits}, {"d_activation", Domain::gradient}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    tolerance,
    per_element("log_evidence", 1, 12),
}};

}  // namespace
}  // namespace fsd::testing
