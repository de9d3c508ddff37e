// Case of relu.
#include "cases/element_wise.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    map_elements(problem, "activation", problem["log_evidence"],
                 [](double evidence) { return std::max(evidence, 0.0); });
}

// Exact.
double tolerance(const Problem &, const std::string &, double) {
    return 0;
}

const CaseOf relu{{
    "relu",
    {{"log_evidence", Domain::logits}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    tolerance,
    per_element("log_evidence", 1, 8),
}};

}  // namespace
}  // namespace fsd::testing
