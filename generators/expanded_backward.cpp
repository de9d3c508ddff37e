// With S = P^T G: d_child_expanded = D (S W^T), d_edge_weight = F^T S, for each child of each region; G holds
// P(state) E[d | state], and so does what is computed for the children's states.
#include "generators/expanded_backward.h"

#include "generators/start_at_zero.h"

namespace fsd {

void ExpandedBackward::generate() {
    start_at_zero(
        {transition, child_feature, edge_weight, child_gate, d_expanded, d_child_expanded, d_edge_weight});
    const Expr zero{0.};
    transition.dim(1).set_extent(d_expanded.dim(1).extent());
    edge_weight.dim(0).set_extent(d_expanded.dim(0).extent());
    child_feature.dim(1).set_extent(transition.dim(0).extent());
    states = Halide::RDom(0, d_expanded.dim(1).extent(), "states");
    spread(node, child_state, child, region) = zero;
    spread(node, child_state, child, region) +=
        transition(child_state, states, child, region) * d_expanded(node, states, region);
    nodes = Halide::RDom(0, d_expanded.dim(0).extent(), "nodes");
    transposed(child_node, node, child, region) = edge_weight(node, child_node, child, region);
    back(child_node, child_state, child, region) = zero;
    back(child_node, child_state, child, region) +=
        spread(nodes, child_state, child, region) * transposed(child_node, nodes, child, region);
    d_child_expanded(child_node, child_state, child, region) =
        child_gate(child_node, child_state, child, region) * back(child_node, child_state, child, region);
    child_states = Halide::RDom(0, transition.dim(0).extent(), "child_states");
    slope(node, child_node, child, region) = zero;
    slope(node, child_node, child, region) +=
        child_feature(child_node, child_states, child, region) * spread(node, child_states, child, region);
    d_edge_weight(node, child_node, child, region) = slope(node, child_node, child, region);

    transition.set_estimates({{0, 4}, {0, 4}, {0, 4}, {0, 16}});
    for (auto *tensor : {&child_feature, &child_gate}) {
        tensor->set_estimates({{0, 32}, {0, 4}, {0, 4}, {0, 16}});
    }
    edge_weight.set_estimates({{0, 32}, {0, 32}, {0, 4}, {0, 16}});
    d_expanded.set_estimates({{0, 32}, {0, 4}, {0, 16}});
    d_child_expanded.set_estimates({{0, 32}, {0, 4}, {0, 4}, {0, 16}});
    d_edge_weight.set_estimates({{0, 32}, {0, 32}, {0, 4}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ExpandedBackward, expanded_backward)
