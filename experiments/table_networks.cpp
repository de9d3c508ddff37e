// Objectives with gradients by the chain rule.
#include "experiments/table_networks.h"

#include "experiments/minimize.h"

#include <cmath>
#include <random>

namespace fsd::experiments {
namespace {

using namespace analysis;

// In a vector of parameters.
Eigen::Map<const Matrix> part(const Vector &all, Eigen::Index first, Eigen::Index rows,
                              Eigen::Index columns) {
    return {all.data() + first, rows, columns};
}
Eigen::Map<Matrix> part(Vector &all, Eigen::Index first, Eigen::Index rows, Eigen::Index columns) {
    return {all.data() + first, rows, columns};
}

// CE - H(Y) = -sum P log (softmax(logits) / py), and its gradient with respect to the logits [x, y]. Its
// terms are as small as the dependence, and so are their roundings.
double cross_entropy(const Joint &joint, const Matrix &logits, Matrix &gradient) {
    double sum = 0;
    gradient.resizeLike(logits);
    for (Eigen::Index x = 0; x < logits.rows(); x++) {
        const double largest = logits.row(x).maxCoeff();
        const Eigen::RowVectorXd shifted = logits.row(x).array() - largest;
        const double mass = shifted.array().exp().sum();
        sum -= joint.probability.row(x).dot(Eigen::RowVectorXd(shifted.array() - std::log(mass)));
        gradient.row(x) = joint.rows[x] * shifted.array().exp().matrix() / mass - joint.probability.row(x);
    }
    return sum;
}

double uniform(std::mt19937_64 &random) {
    return static_cast<double>(random() >> 11U) / 4503599627370496. - 1;  // -1 .. 1
}

Vector random_distribution(int values, std::mt19937_64 &random) {
    Vector p(values);
    for (double &number : p) {
        number = 1.5 + uniform(random);
    }
    return p / p.sum();
}

}  // namespace

Joint weak_joint(int rows, int columns, double epsilon, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const Vector px = random_distribution(rows, random), py = random_distribution(columns, random);
    Matrix excess(rows, columns);
    for (double &number : excess.reshaped()) {
        number = uniform(random);
    }
    excess.rowwise() -= Eigen::RowVectorXd(px.transpose() * excess);
    excess.colwise() -= Vector(excess * py);
    excess /= excess.cwiseAbs().maxCoeff();
    const Matrix joint = (px * py.transpose()).array() * (1 + epsilon * excess.array());
    return joint_of_table(joint, "The table");
}

Matrix random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Matrix numbers(rows, columns);
    for (double &number : numbers.reshaped()) {
        number = 0;
        for (int i = 0; i < 12; i++) {
            number += uniform(random) / 2;  // of variance 1, nearly normal
        }
    }
    return numbers;
}

TableRegression softmax_regression(const Joint &joint, const Matrix &features, double tolerance) {
    const Eigen::Index classes = joint.columns.size(), width = features.cols();
    const auto objective = [&](const Vector &at, Vector &gradient) {
        Matrix logits = features * part(at, 0, classes, width).transpose(), d_logits;
        logits.rowwise() += at.tail(classes).transpose();
        const double value = cross_entropy(joint, logits, d_logits);
        part(gradient, 0, classes, width) = d_logits.transpose() * features;
        gradient.tail(classes) = d_logits.colwise().sum().transpose();
        return value;
    };
    const Vector found = minimize(objective, Vector::Zero(classes * (width + 1)), 3000, tolerance);
    Vector gradient(found.size());
    return {features, part(found, 0, classes, width), objective(found, gradient)};
}

TableRegression free_features(const Joint &joint, int features, std::uint64_t seed) {
    const Eigen::Index values = joint.rows.size(), classes = joint.columns.size(), split = values * features;
    const auto objective = [&](const Vector &at, Vector &gradient) {
        const auto f = part(at, 0, values, features), v = part(at, split, classes, features);
        Matrix logits = f * v.transpose(), d_logits;
        logits.rowwise() += at.tail(classes).transpose();
        const double value = cross_entropy(joint, logits, d_logits);
        part(gradient, 0, values, features) = d_logits * v;
        part(gradient, split, classes, features) = d_logits.transpose() * f;
        gradient.tail(classes) = d_logits.colwise().sum().transpose();
        return value;
    };
    const Matrix start = 0.3 * random_matrix(values + classes, features, seed);
    Vector all = Vector::Zero(split + classes * (features + 1));
    part(all, 0, values + classes, features) = start;
    const Vector found = minimize(objective, all);
    Vector gradient(found.size());
    return {part(found, 0, values, features), part(found, split, classes, features),
            objective(found, gradient)};
}

Matrix hidden_weights(const Joint &joint, const Matrix &inputs, const Matrix &output_weights,
                      const Vector &biases) {
    const Eigen::Index units = output_weights.cols(), width = inputs.cols(), classes = joint.columns.size();
    const auto objective = [&](const Vector &at, Vector &gradient) {
        Matrix hidden = inputs * part(at, 0, units, width).transpose(), d_logits;
        hidden.rowwise() += biases.transpose();
        hidden = hidden.array().tanh();
        Matrix logits = hidden * output_weights.transpose();
        logits.rowwise() += at.tail(classes).transpose();
        const double value = cross_entropy(joint, logits, d_logits);
        const Matrix d_hidden = (d_logits * output_weights).array() * (1 - hidden.array().square());
        part(gradient, 0, units, width) = d_hidden.transpose() * inputs;
        gradient.tail(classes) = d_logits.colwise().sum().transpose();
        return value;
    };
    Vector start = Vector::Zero(units * width + classes);
    start.tail(classes) = joint.columns.array().log().matrix();
    const Vector found = minimize(objective, start);
    return part(found, 0, units, width);
}

double class_entropy(const Joint &joint) {
    return -(joint.columns.array() * joint.columns.array().log()).sum();
}

}  // namespace fsd::experiments
