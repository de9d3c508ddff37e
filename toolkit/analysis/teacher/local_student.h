// A student that is connected as the teacher's tree: nodes for each region, which read those of its children.
#pragma once

#include "toolkit/analysis/teacher/generative_tree.h"

#include <functional>

namespace fsd::analysis {

struct LocalStudent {
    // By region, of the edge to the region above: [node, node above]; the top has none.
    std::vector<Matrix> weights;
    std::vector<Matrix>
        pixels;           // by region, what the nodes of a pixel are in each of its states: [state, node]
    bool linear = false;  // else relu in every region between the pixels and the top, which is linear
};

// Nodes for each region between, `outputs` at the top; a pixel's value is a unit vector. Weights are normal
// with a variance of 2 / (nodes read by one node).
LocalStudent random_student(const GenerativeTree &tree, int nodes, int outputs, unsigned seed);

// -dLoss/du of the top nodes: from their values and the label.
using TopGradient = std::function<Eigen::RowVectorXd(const Eigen::RowVectorXd &outputs, int label)>;

// Of cross entropy behind softmax: the label's unit vector - softmax(u). For as many outputs as labels.
Eigen::RowVectorXd cross_entropy_gradient(const Eigen::RowVectorXd &outputs, int label);
double cross_entropy_loss(const Eigen::RowVectorXd &outputs, int label);  // nats

}  // namespace fsd::analysis
