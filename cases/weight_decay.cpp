// Case of weight_decay.
#include "cases/optimizer.h"

#include <cmath>

namespace fsd::testing {
namespace {

const double keep = 0.999f;  // exact in float32, as the kernel receives it

void reference(Problem &problem) {
    const Values &parameter = problem["parameter"];
    Values &updated = problem.output("updated_parameter", parameter.shape);
    for (std::size_t i = 0; i < parameter.data.size(); i++) {
        updated.data[i] = keep * parameter.data[i];
    }
}

// One product.
double tolerance(const Problem &, const std::string &, double expected) {
    return 0.5 * epsilon * std::fabs(expected);
}

const CaseOf weight_decay{{
    "weight_decay",
    {{"parameter", Domain::logits}},
    {{"keep", keep}},
    optimizer_shapes(),
    optimizer_bench_shapes(),
    reference,
    tolerance,
    per_element("parameter", 1, 8),
}};

}  // namespace
}  // namespace fsd::testing
