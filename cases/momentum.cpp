// Case of momentum.
#include "cases/error_bound.h"
#include "cases/optimizer.h"

#include <cmath>

namespace fsd::testing {
namespace {

// Exact in float32, as the kernel receives them.
const double rate = 0.03f, decay = 0.9f;

// The velocity is a product and a sum of half an epsilon each; the parameter takes on its error times the
// rate, with a product and a difference more.
void reference(Problem &problem) {
    const Values &gradient = problem["gradient"];
    Values &parameter = problem.output("updated_parameter", gradient.shape);
    Values &velocity = problem.output("updated_velocity", gradient.shape);
    for (std::size_t i = 0; i < gradient.data.size(); i++) {
        const double kept = decay * problem["velocity"].data[i];
        velocity.data[i] = kept + gradient.data[i];
        parameter.data[i] = problem["parameter"].data[i] - rate * velocity.data[i];
        const double error = 0.5 * (std::fabs(kept) + std::fabs(velocity.data[i]));
        allow_error(problem, epsilon * error);
        allow_error(problem, epsilon * (rate * (error + 0.5 * std::fabs(velocity.data[i])) +
                                        0.5 * std::fabs(parameter.data[i])));
    }
}

const CaseOf momentum{{
    "momentum",
    {{"parameter", Domain::logits}, {"gradient", Domain::gradient}, {"velocity", Domain::gradient}},
    {{"rate", rate}, {"momentum", decay}},
    optimizer_shapes(),
    optimizer_bench_shapes(),
    reference,
    allowed_error,
    per_element("gradient", 4, 20),
}};

}  // namespace
}  // namespace fsd::testing
