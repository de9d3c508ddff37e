// Case of expanded_backward.
#include "cases/error_bound.h"
#include "cases/expanded.h"

#include <cmath>

namespace fsd::testing {
namespace {

// P^T G of one edge, and the same of magnitudes.
struct Spread {
    Spread(const Problem &problem, int region, int child)
        : value({problem.extent("child_state"), problem.extent("node")}), magnitude(value) {
        for (int i = 0; i < problem.extent("child_state"); i++) {
            for (int node = 0; node < problem.extent("node"); node++) {
                for (int state = 0; state < problem.extent("state"); state++) {
                    const double term = problem["transition"](region, child, state, i) *
                                        problem["d_expanded"](region, state, node);
                    value(i, node) += term;
                    magnitude(i, node) += std::fabs(term);
                }
            }
        }
    }
    Values value, magnitude;
};

void add_edge(Problem &problem, int region, int child) {
    const Spread spread(problem, region, child);
    const int inner_states = problem.extent("child_state"), nodes = problem.extent("node");
    const double half = 0.5 * double_epsilon;
    for (int k = 0; k < problem.extent("child_node"); k++) {
        for (int i = 0; i < inner_states; i++) {
            double sum = 0, magnitude = 0;
            for (int node = 0; node < nodes; node++) {
                const double weight = problem["edge_weight"](region, child, k, node);
                sum += weight * spread.value(i, node);
                magnitude += std::fabs(weight) * spread.magnitude(i, node);
            }
            const double gate = problem["child_gate"](region, child, i, k);
            problem.tensors.at("d_child_expanded")(region, child, i, k) = gate * sum;
            allow_error(problem, half * (problem.extent("state") + nodes + 3) * magnitude * std::fabs(gate));
        }
        for (int node = 0; node < nodes; node++) {
            double sum = 0, magnitude = 0;
            for (int i = 0; i < inner_states; i++) {
                const double feature = problem["child_feature"](region, child, i, k);
                sum += feature * spread.value(i, node);
                magnitude += std::fabs(feature) * spread.magnitude(i, node);
            }
            problem.tensors.at("d_edge_weight")(region, child, k, node) = sum;
            allow_error(problem, half * (problem.extent("state") + inner_states + 2) * magnitude);
        }
    }
}

void reference(Problem &problem) {
    const int regions = problem.extent("region"), children = problem.extent("child"),
              inner_nodes = problem.extent("child_node");
    problem.output("d_child_expanded", {regions, children, problem.extent("child_state"), inner_nodes});
    problem.output("d_edge_weight", {regions, children, inner_nodes, problem.extent("node")});
    for (int region = 0; region < regions; region++) {
        for (int child = 0; child < children; child++) {
            add_edge(problem, region, child);
        }
    }
}

Work work(const Problem &problem) {
    return {4 * products_of(problem), 16. * static_cast<double>(problem["edge_weight"].data.size())};
}

const CaseOf expanded_backward{{
    "expanded_backward",
    {{"transition", Domain::probability},
     {"child_feature", Domain::gradient},
     {"edge_weight", Domain::gradient},
     {"child_gate", Domain::gradient},
     {"d_expanded", Domain::gradient}},
    {},
    expanded_shapes(),
    {expanded_extents(16, 4, 4, 32), expanded_extents(64, 4, 8, 64)},
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
