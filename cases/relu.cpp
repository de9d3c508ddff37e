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

Work work(const Problem &problem) {
    const auto elements = static_cast<double>(problem["log_evidence"].data.size());
    return {1 * elements, 8 * elements};
}

const CaseOf relu{{
    "relu",
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
