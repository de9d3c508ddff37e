// Batch normalization over the states of a summary, each with its probability, in float64 (docs/analysis.md,
// Teacher).
#pragma once

#include "generators/operator.h"

namespace fsd {

class WeightedBatchNorm : public Operator<WeightedBatchNorm> {
public:
    Input<Buffer<double, 2>> state_preactivation{"state_preactivation"};  // node, state
    Input<Buffer<double, 1>> state_probability{"state_probability"};      // state
    Input<Buffer<double, 1>> node_scale{"node_scale"};                    // node
    Input<Buffer<double, 1>> node_shift{"node_shift"};                    // node
    Input<double> least_variance{"least_variance"};
    Output<Buffer<double, 1>> inverse_deviation{"inverse_deviation"};  // node
    Output<Buffer<double, 2>> standardized{"standardized"};            // node, state
    Output<Buffer<double, 2>> state_normalized{"state_normalized"};    // node, state

    void generate();
    void schedule();

private:
    Halide::Var node{"node"}, state{"state"};
    Halide::RDom states;
    Halide::Func mean{"mean"}, variance{"variance"}, inverse{"inverse"};  // node
    Halide::Func standard{"standard"};                                    // node, state
};

}  // namespace fsd
