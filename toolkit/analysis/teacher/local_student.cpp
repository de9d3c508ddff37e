// Drawn weights and the loss.
#include "toolkit/analysis/teacher/local_student.h"

#include <cmath>
#include <random>

namespace fsd::analysis {

LocalStudent random_student(const GenerativeTree &tree, int nodes, int outputs, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    LocalStudent student;
    const auto count = static_cast<std::size_t>(tree.regions());
    student.weights.resize(count);
    student.pixels.resize(count);
    const auto nodes_of = [&](int region) {
        return tree.is_pixel(region) ? tree.region(region).states : nodes;
    };
    for (int region = 0; region < tree.regions(); region++) {
        int read = 0;
        for (const TreeEdge &edge : tree.region(region).children) {
            read += nodes_of(edge.child);
        }
        for (const TreeEdge &edge : tree.region(region).children) {
            Matrix weight(nodes_of(edge.child), region == 0 ? outputs : nodes);
            for (double &value : weight.reshaped()) {
                value = normal(random) * std::sqrt(2. / read);
            }
            student.weights[static_cast<std::size_t>(edge.child)] = weight;
        }
        if (tree.is_pixel(region)) {
            const int states = tree.region(region).states;
            student.pixels[static_cast<std::size_t>(region)] = Matrix::Identity(states, states);
        }
    }
    return student;
}

Eigen::RowVectorXd cross_entropy_gradient(const Eigen::RowVectorXd &outputs, int label) {
    Eigen::RowVectorXd shares = (outputs.array() - outputs.maxCoeff()).exp();
    shares /= -shares.sum();
    shares[label] += 1;
    return shares;
}

double cross_entropy_loss(const Eigen::RowVectorXd &outputs, int label) {
    const double largest = outputs.maxCoeff();
    return largest + std::log((outputs.array() - largest).exp().sum()) - outputs[label];
}

}  // namespace fsd::analysis
