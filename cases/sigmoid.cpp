// Case of sigmoid.
#include "cases/element_wise.h"

#include <cmath>

namespace fsd::testing {
namespace {

void reference(Problem &problem) {
    map_elements(problem, "activation", problem["log_evidence"],
                 [](double evidence) { return 1 / (1 + std::exp(-evidence)); });
}

// exp to 1 epsilon, a sum and a quotient of half an epsilon each.
double tolerance(const Problem &, const std::string &, double expected) {
    return 2 * epsilon * expected;
}

const CaseOf sigmoid{{
    "sigmoid",
    {{"log_evidence", Domain::logits}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    tolerance,
    per_element("log_evidence", 30, 8),
}};

}  // namespace
}  // namespace fsd::testing
