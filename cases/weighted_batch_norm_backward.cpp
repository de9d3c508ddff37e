// Case of weighted_batch_norm_backward.
#include "cases/error_bound.h"
#include "cases/state_norm.h"

#include <cmath>

namespace fsd::testing {
namespace {

// Two sums over S states with S + 2 roundings of their magnitudes, and a few of the result's parts.
void reference(Problem &problem) {
    const Values &f = problem["standardized"], &g = problem["d_state_normalized"],
                 &p = problem["state_probability"];
    const int states = problem.extent("state"), nodes = problem.extent("node");
    Values &result = problem.output("d_state_preactivation", {states, nodes});
    for (int node = 0; node < nodes; node++) {
        double common = 0, along = 0, of_common = 0, of_along = 0;
        for (int state = 0; state < states; state++) {
            const double term = p(state) * g(state, node);
            common += term;
            along += term * f(state, node);
            of_common += std::fabs(term);
            of_along += std::fabs(term * f(state, node));
        }
        const double factor = problem["node_scale"](node) * problem["inverse_deviation"](node);
        for (int state = 0; state < states; state++) {
            result(state, node) = factor * (g(state, node) - common - f(state, node) * along);
            allow_error(problem,
                        (states + 4) * double_epsilon * std::fabs(factor) *
                            (std::fabs(g(state, node)) + of_common + std::fabs(f(state, node)) * of_along));
        }
    }
}

const CaseOf weighted_batch_norm_backward{{
    "weighted_batch_norm_backward",
    {{"standardized", Domain::gradient},
     {"inverse_deviation", Domain::positive},
     {"state_probability", Domain::probability},
     {"node_scale", Domain::gradient},
     {"d_state_normalized", Domain::gradient}},
    {},
    state_shapes(),
    {{{"state", 1000}, {"node", 64}}},
    reference,
    allowed_error,
    per_element("standardized", 10, 24),
    make_probabilities,
}};

}  // namespace
}  // namespace fsd::testing
