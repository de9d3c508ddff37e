// A student's layer expanded over the teacher's graph: from the children's conditional means to those of
// their regions, in float64 (docs/analysis.md, Teacher).
#pragma once

#include "generators/operator.h"

namespace fsd {

class ExpandedForward : public Operator<ExpandedForward> {
public:
    Input<Buffer<double, 4>> transition{"transition"};        // child_state, state, child, region
    Input<Buffer<double, 4>> child_feature{"child_feature"};  // child_node, child_state, child, region
    Input<Buffer<double, 4>> edge_weight{"edge_weight"};      // node, child_node, child, region
    Input<Buffer<double, 3>> state_gate{"state_gate"};        // node, state, region
    Output<Buffer<double, 3>> expanded_preactivation{"expanded_preactivation"};  // node, state, region
    Output<Buffer<double, 3>> expanded_feature{"expanded_feature"};              // node, state, region

    void generate();
    void schedule();

private:
    Halide::Var node{"node"}, state{"state"}, child_state{"child_state"}, child{"child"}, region{"region"};
    Halide::RDom nodes, states;
    Halide::Func weighted{"weighted"};  // node, child_state, child, region: F W
    Halide::Func sum{"sum"};            // node, state, region
};

}  // namespace fsd
