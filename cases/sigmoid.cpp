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

Work work(const Problem &problem) {
    const auto elements = static_cast<double>(problem["log_evidence"].data.size());
    return {30 * elements, 8 * elements};
}

const CaseOf sigmoid{{
    "sigmoid",
    {{"log_evidence", Domain::logits}},
    {},
    element_wise_shapes(),
    element_wise_bench_shapes(),
    reference,
    tolerance,
    work,
}};

}  // namespace
}  // namespace fsd::testing
