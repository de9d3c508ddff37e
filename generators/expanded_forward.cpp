// U = sum over the children of P (F W), F = D U: P(child's state | state), the children's conditional means
// F, the weights W, gates D.
#include "generators/expanded_forward.h"

#include "generators/start_at_zero.h"

namespace fsd {

void ExpandedForward::generate() {
    start_at_zero(
        {transition, child_feature, edge_weight, state_gate, expanded_preactivation, expanded_feature});
    const Expr zero{0.};
    child_feature.dim(1).set_extent(transition.dim(0).extent());
    edge_weight.dim(1).set_extent(child_feature.dim(0).extent());
    nodes = Halide::RDom(0, child_feature.dim(0).extent(), "nodes");
    weighted(node, child_state, child, region) = zero;
    weighted(node, child_state, child, region) +=
        child_feature(nodes, child_state, child, region) * edge_weight(node, nodes, child, region);
    states = Halide::RDom(0, transition.dim(0).extent(), 0, transition.dim(2).extent(), "states");
    sum(node, state, region) = zero;
    sum(node, state, region) +=
        transition(states.x, state, states.y, region) * weighted(node, states.x, states.y, region);
    expanded_preactivation(node, state, region) = sum(node, state, region);
    expanded_feature(node, state, region) = state_gate(node, state, region) * sum(node, state, region);

    transition.set_estimates({{0, 4}, {0, 4}, {0, 4}, {0, 16}});
    child_feature.set_estimates({{0, 32}, {0, 4}, {0, 4}, {0, 16}});
    edge_weight.set_estimates({{0, 32}, {0, 32}, {0, 4}, {0, 16}});
    for (auto *tensor : {&expanded_preactivation, &expanded_feature}) {
        tensor->set_estimates({{0, 32}, {0, 4}, {0, 16}});
    }
    state_gate.set_estimates({{0, 32}, {0, 4}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ExpandedForward, expanded_forward)
