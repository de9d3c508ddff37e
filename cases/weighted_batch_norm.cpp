// Case of weighted_batch_norm.
#include "cases/error_bound.h"
#include "cases/state_norm.h"

#include <cmath>

namespace fsd::testing {
namespace {

void prepare(Problem &problem) {
    make_probabilities(problem);
    Values &u = problem.tensors.at("state_preactivation");
    for (int state = 0; u.shape[1] > 1 && state < u.shape[0]; state++) {
        u(state, 1) = 0;  // a constant node
    }
}

// S states: each sum has S roundings of its magnitude; the relative error of the deviation is that of the
// variance's sum and what the mean's error adds, both over the variance.
void reference(Problem &problem) {
    const Values &u = problem["state_preactivation"], &p = problem["state_probability"];
    const int states = problem.extent("state"), nodes = problem.extent("node");
    Values &inverse = problem.output("inverse_deviation", {nodes});
    Values &standard = problem.output("standardized", {states, nodes});
    Values &normalized = problem.output("state_normalized", {states, nodes});
    for (int node = 0; node < nodes; node++) {
        double mean = 0, variance = 0, magnitude = 0;
        for (int state = 0; state < states; state++) {
            mean += p(state) * u(state, node);
            magnitude = std::max(magnitude, std::fabs(u(state, node)));
        }
        for (int state = 0; state < states; state++) {
            variance += p(state) * (u(state, node) - mean) * (u(state, node) - mean);
        }
        const double scale = std::fabs(problem["node_scale"](node));
        inverse(node) = variance <= problem.scalars.at("least_variance") ? 0 : 1 / std::sqrt(variance);
        const double relative =
            (states + 4) * double_epsilon * (1 + magnitude * inverse(node)) * (1 + magnitude * inverse(node));
        allow_error(problem, "inverse_deviation", relative * inverse(node));
        for (int state = 0; state < states; state++) {
            standard(state, node) = (u(state, node) - mean) * inverse(node);
            normalized(state, node) =
                problem["node_scale"](node) * standard(state, node) + problem["node_shift"](node);
            const double error = relative * (1 + std::fabs(standard(state, node)));
            allow_error(problem, "standardized", error);
            allow_error(problem, "state_normalized",
                        scale * error + 2 * double_epsilon * std::fabs(normalized(state, node)));
        }
    }
}

const CaseOf weighted_batch_norm{{
    "weighted_batch_norm",
    {{"state_preactivation", Domain::logits},
     {"state_probability", Domain::probability},
     {"node_scale", Domain::gradient},
     {"node_shift", Domain::gradient}},
    {{"least_variance", 1e-20}},
    state_shapes(),
    {{{"state", 1000}, {"node", 64}}},
    reference,
    allowed_error_of_output,
    per_element("state_preactivation", 10, 24),
    prepare,
}};

}  // namespace
}  // namespace fsd::testing
