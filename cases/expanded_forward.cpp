// Case of expanded_forward.
#include "cases/error_bound.h"
#include "cases/expanded.h"

#include <cmath>

namespace fsd::testing {
namespace {

// A sum over children, states and nodes: as many roundings of its magnitude, half an epsilon each, and one
// more for each of the two products in a term and for the gate.
void reference(Problem &problem) {
    const Values &transition = problem["transition"], &feature = problem["child_feature"],
                 &weight = problem["edge_weight"];
    const int regions = problem.extent("region"), states = problem.extent("state"),
              nodes = problem.extent("node");
    const int children = problem.extent("child"), inner_states = problem.extent("child_state"),
              inner_nodes = problem.extent("child_node");
    const double roundings = 0.5 * double_epsilon * (children * (inner_states + inner_nodes) + 3);
    Values &preactivation = problem.output("expanded_preactivation", {regions, states, nodes});
    Values &result = problem.output("expanded_feature", {regions, states, nodes});
    for (int region = 0; region < regions; region++) {
        for (int state = 0; state < states; state++) {
            for (int node = 0; node < nodes; node++) {
                double sum = 0, magnitude = 0;
                for (int child = 0; child < children; child++) {
                    for (int i = 0; i < inner_states; i++) {
                        for (int k = 0; k < inner_nodes; k++) {
                            const double term = transition(region, child, state, i) *
                                                feature(region, child, i, k) * weight(region, child, k, node);
                            sum += term;
                            magnitude += std::fabs(term);
                        }
                    }
                }
                const double gate = problem["state_gate"](region, state, node);
                preactivation(region, state, node) = sum;
                result(region, state, node) = gate * sum;
                allow_error(problem, roundings * magnitude * std::max(1., std::fabs(gate)));
            }
        }
    }
}

Work work(const Problem &problem) {
    return {2 * products_of(problem), 8. * static_cast<double>(problem["edge_weight"].data.size())};
}

const CaseOf expanded_forward{{
    "expanded_forward",
    {{"transition", Domain::probability},
     {"child_feature", Domain::gradient},
     {"edge_weight", Domain::gradient},
     {"state_gate", Domain::gradient}},
    {},
    expanded_shapes(),
    {expanded_extents(16, 4, 4, 32), expanded_extents(64, 4, 8, 64)},
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
