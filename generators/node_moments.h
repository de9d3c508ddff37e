// Mean and variance of linear output nodes from the moments of their features (docs/analysis.md,
// Aggregation).
#pragma once

#include "generators/operator.h"

namespace fsd {

class NodeMoments : public Operator<NodeMoments> {
public:
    Input<Buffer<double, 2>> class_mean{"class_mean"};              // feature, class
    Input<Buffer<double, 3>> class_covariance{"class_covariance"};  // other_feature, feature, class
    Input<Buffer<double, 2>> node_weight{"node_weight"};            // node, feature
    Input<Buffer<double, 1>> node_bias{"node_bias"};                // node
    Output<Buffer<double, 2>> node_mean{"node_mean"};               // node, class
    Output<Buffer<double, 2>> node_variance{"node_variance"};       // node, class
    // The variance of features without covariances.
    Output<Buffer<double, 2>> node_variance_independent{"node_variance_independent"};  // node, class

    void generate();
    void schedule();

private:
    Halide::Var node{"node"}, feature{"feature"}, clas{"clas"};
    Halide::RDom features;
    Halide::Func product{"product"};                                              // node, feature, class: C w
    Halide::Func mean{"mean"}, variance{"variance"}, independent{"independent"};  // node, class
};

}  // namespace fsd
