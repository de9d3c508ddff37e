// Gradient of weighted_batch_norm, a projection (docs/analysis.md, Teacher).
#pragma once

#include "generators/operator.h"

namespace fsd {

class WeightedBatchNormBackward : public Operator<WeightedBatchNormBackward> {
public:
    Input<Buffer<double, 2>> standardized{"standardized"};                     // node, state
    Input<Buffer<double, 1>> inverse_deviation{"inverse_deviation"};           // node
    Input<Buffer<double, 1>> state_probability{"state_probability"};           // state
    Input<Buffer<double, 1>> node_scale{"node_scale"};                         // node
    Input<Buffer<double, 2>> d_state_normalized{"d_state_normalized"};         // node, state
    Output<Buffer<double, 2>> d_state_preactivation{"d_state_preactivation"};  // node, state

    void generate();
    void schedule();

private:
    Halide::Var node{"node"}, state{"state"};
    Halide::RDom states;
    Halide::Func common{"common"}, along{"along"};  // node: <1, g>, <f, g>
};

}  // namespace fsd
