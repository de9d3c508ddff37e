// Gradients of expanded_forward over the teacher's graph (docs/analysis.md, Teacher).
#pragma once

#include "generators/operator.h"

namespace fsd {

class ExpandedBackward : public Operator<ExpandedBackward> {
public:
    Input<Buffer<double, 4>> transition{"transition"};               // child_state, state, child, region
    Input<Buffer<double, 4>> child_feature{"child_feature"};         // child_node, child_state, child, region
    Input<Buffer<double, 4>> edge_weight{"edge_weight"};             // node, child_node, child, region
    Input<Buffer<double, 4>> child_gate{"child_gate"};               // child_node, child_state, child, region
    Input<Buffer<double, 3>> d_expanded{"d_expanded"};               // node, state, region
    Output<Buffer<double, 4>> d_child_expanded{"d_child_expanded"};  // child_node, child_state, child, region
    Output<Buffer<double, 4>> d_edge_weight{"d_edge_weight"};        // node, child_node, child, region

    void generate();
    void schedule();

private:
    Halide::Var node{"node"}, child_node{"child_node"}, child_state{"child_state"}, child{"child"},
        region{"region"};
    Halide::RDom states, nodes, child_states;
    Halide::Func spread{"spread"};          // node, child_state, child, region: P^T G
    Halide::Func transposed{"transposed"};  // child_node, node, child, region: the weights
    Halide::Func back{"back"};              // child_node, child_state, child, region
    Halide::Func slope{"slope"};            // node, child_node, child, region
};

}  // namespace fsd
