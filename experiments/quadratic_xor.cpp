// M = v^T (mu + alpha (mu^2 + s)) + c with mu = W^T m + b, s_h = w_h^T S w_h, and its gradient.
#include "experiments/quadratic_xor.h"

#include "experiments/training.h"
#include "experiments/xor_data.h"

#include <cmath>
#include <random>

namespace fsd::experiments {
namespace {

using analysis::Matrix;
using analysis::Moments;
using analysis::Vector;

// W [2, hidden], b, v, c in one vector.
struct Parameters {
    explicit Parameters(int hidden) : values(Vector::Zero(4 * hidden + 1)), hidden_(hidden) {}

    auto weight(int axis) { return values.segment(Eigen::Index(axis) * hidden_, hidden_); }
    auto bias() { return values.segment(2 * hidden_, hidden_); }
    auto last() { return values.segment(3 * hidden_, hidden_); }
    double &offset() { return values[4 * hidden_]; }

    Vector values;

private:
    Eigen::Index hidden_;
};

// Adds the gradient of (M - target)^2.
void add_gradient(Parameters &parameters, const Moments &moments, double target, double alpha,
                  Parameters &gradient) {
    const Vector u = parameters.weight(0), v = parameters.weight(1);
    const Vector mean = moments.mean[0] * u + moments.mean[1] * v + Vector(parameters.bias());
    const Vector by_u = moments.covariance(0, 0) * u + moments.covariance(0, 1) * v;  // half of ds / dw
    const Vector by_v = moments.covariance(1, 0) * u + moments.covariance(1, 1) * v;
    const Vector variance = u.cwiseProduct(by_u) + v.cwiseProduct(by_v);
    const Vector hidden = mean + alpha * (mean.cwiseAbs2() + variance);
    const double slope = 2 * (parameters.last().dot(hidden) + parameters.offset() - target);
    const Vector d_hidden = slope * Vector(parameters.last());
    const Vector d_mean = d_hidden.array() * (1 + 2 * alpha * mean.array());
    gradient.weight(0) += moments.mean[0] * d_mean + 2 * alpha * d_hidden.cwiseProduct(by_u);
    gradient.weight(1) += moments.mean[1] * d_mean + 2 * alpha * d_hidden.cwiseProduct(by_v);
    gradient.bias() += d_mean;
    gradient.last() += slope * hidden;
    gradient.offset() += slope;
}

Moments of_class(int label, bool diagonal) {
    return diagonal ? analysis::without_covariances(xor_class(label)) : xor_class(label);
}

Parameters fitted(int hidden, double alpha, bool diagonal, std::uint64_t seed) {
    Parameters parameters(hidden);
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal(0, 0.7);
    for (double &value : parameters.values) {
        value = normal(random);
    }
    Vector first = Vector::Zero(parameters.values.size()), second = first;
    constexpr int steps = 3000;
    for (int step = 1; step <= steps; step++) {
        Parameters gradient(hidden);
        for (int label = 0; label < 2; label++) {
            add_gradient(parameters, of_class(label, diagonal), xor_target(label), alpha, gradient);
        }
        first = 0.9 * first + 0.1 * gradient.values;
        second = 0.999 * second + 0.001 * gradient.values.cwiseAbs2();
        const double rate = 0.01 * (1 + std::cos(M_PI * step / steps)) / 2;
        const Vector scaled = (second / (1 - std::pow(0.999, step))).cwiseSqrt().array() + 1e-8;
        parameters.values -= rate / (1 - std::pow(0.9, step)) * first.cwiseQuotient(scaled);
    }
    return parameters;
}

Tensor tensor_of(const Shape &shape, const Vector &values) {
    Tensor tensor = make_tensor<float>(shape);
    for (Eigen::Index i = 0; i < values.size(); i++) {
        static_cast<float *>(tensor.data())[i] = static_cast<float>(values[i]);
    }
    return tensor;
}

}  // namespace

Model quadratic_xor(int hidden, double alpha, bool diagonal, std::uint64_t seed) {
    Parameters found = fitted(hidden, alpha, diagonal, seed);
    Model model = dense_network(2, {hidden}, 1, "quadratic", false);
    model.layers[1].numbers["alpha"] = alpha;
    model.tensors.emplace("layer1.weight", tensor_of({2, hidden}, found.values.head(2 * hidden)));
    model.tensors.emplace("layer1.bias", tensor_of({hidden}, found.bias()));
    model.tensors.emplace("last.weight", tensor_of({hidden, 1}, found.last()));
    model.tensors.emplace("last.bias", tensor_of({1}, Vector::Constant(1, found.offset())));
    return model;
}

}  // namespace fsd::experiments
