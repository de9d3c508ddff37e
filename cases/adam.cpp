// Case of adam.
#include "cases/error_bound.h"
#include "cases/optimizer.h"

#include <cmath>

namespace fsd::testing {
namespace {

// Exact in float32, as the kernel receives them.
const double rate = 0.03f, beta1 = 0.9f, beta2 = 0.999f, divisor = 1e-8f;
const double correction1 = static_cast<float>(1 - std::pow(beta1, 3));
const double correction2 = static_cast<float>(1 - std::pow(beta2, 3));

// Moments: at most 4 roundings of terms of either sign (1 - beta, two products, the sum), each half an
// epsilon of the larger magnitude. The step multiplies and divides 7 times and takes a root, all on those;
// the parameter is one more rounding of itself.
void reference(Problem &problem) {
    const Values &gradient = problem["gradient"];
    Values &parameter = problem.output("updated_parameter", gradient.shape);
    Values &moment1 = problem.output("updated_moment1", gradient.shape);
    Values &moment2 = problem.output("updated_moment2", gradient.shape);
    for (std::size_t i = 0; i < gradient.data.size(); i++) {
        const double g = gradient.data[i];
        const double kept = beta1 * problem["moment1"].data[i], added = (1 - beta1) * g;
        moment1.data[i] = kept + added;
        moment2.data[i] = beta2 * problem["moment2"].data[i] + (1 - beta2) * g * g;
        const double scale = rate / correction1 / (std::sqrt(moment2.data[i] / correction2) + divisor);
        parameter.data[i] = problem["parameter"].data[i] - scale * moment1.data[i];
        const double magnitude = std::fabs(kept) + std::fabs(added);
        allow_error(problem, epsilon * (2 * magnitude + 8 * scale * magnitude + 2 * moment2.data[i] +
                                        0.5 * std::fabs(parameter.data[i])));
    }
}

const CaseOf adam{{
    "adam",
    {{"parameter", Domain::logits},
     {"gradient", Domain::gradient},
     {"moment1", Domain::gradient},
     {"moment2", Domain::positive}},
    {{"rate", rate},
     {"beta1", beta1},
     {"beta2", beta2},
     {"epsilon", divisor},
     {"correction1", correction1},
     {"correction2", correction2}},
    optimizer_shapes(),
    optimizer_bench_shapes(),
    reference,
    allowed_error,
    per_element("gradient", 14, 28),
}};

}  // namespace
}  // namespace fsd::testing
