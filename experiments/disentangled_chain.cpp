// Gradient descent over the states of the chain top -> middle -> bottom; matrices of up to 16 x 16, so
// Eigen's products.
#include "experiments/disentangled_chain.h"

#include "toolkit/analysis/teacher/disentanglement.h"
#include "toolkit/analysis/teacher/state_norm.h"

#include <cmath>
#include <random>

namespace fsd::experiments {
namespace {

using namespace analysis;

constexpr int top_part = 3, part = 4;  // states of each part of a pair: at the top, below
constexpr Eigen::Index nodes = 3;      // of each block
constexpr double way = 4.5;            // steps times their rate

Matrix product_of(const Matrix &a, const Matrix &b) {
    Matrix result(a.rows() * b.rows(), a.cols() * b.cols());
    for (Eigen::Index i = 0; i < a.rows(); i++) {
        for (Eigen::Index j = 0; j < a.cols(); j++) {
            result.block(i * b.rows(), j * b.cols(), b.rows(), b.cols()) = a(i, j) * b;
        }
    }
    return result;
}

class Chain {
public:
    Chain(const ChainSetting &setting, unsigned seed) : setting_(setting), random_(seed) {
        upper_ = transition(top_part);
        lower_ = transition(part);
        top_ = product_of(distribution(1, top_part), distribution(1, top_part)).transpose();
        middle_ = upper_.transpose() * top_;
        bottom_ = lower_ * blocks(drawn(part, nodes), drawn(part, nodes));
        target_ =
            normalize_states(blocks(drawn(top_part, nodes), drawn(top_part, nodes)), top_, ones(), zeros())
                .normalized;
        first_ = block_weight();
        second_ = block_weight();
    }

    ChainResult train() {
        ChainResult result;
        for (int step = 0; step < setting_.steps; step++) {
            take_step();
            if (step == 0) {
                result.first_gradient = off_block_ratio(d_second_, nodes, nodes);
            }
        }
        const auto off = [](const Matrix &weight) { return off_block_ratio(weight, nodes, nodes); };
        result.off_block = std::max(off(first_), off(second_));
        std::vector<Matrix> joint;
        for (Eigen::Index state = 0; state < upper_.rows(); state++) {
            joint.emplace_back(Eigen::Map<const Matrix>(upper_.row(state).data(), part, part));
        }
        result.factorization_index = factorization_index(top_, joint);
        return result;
    }

private:
    static Vector ones() { return Vector::Ones(2 * nodes); }
    static Vector zeros() { return Vector::Zero(2 * nodes); }

    Matrix drawn(Eigen::Index rows, Eigen::Index columns) {
        Matrix result(rows, columns);
        for (double &value : result.reshaped()) {
            value = normal_(random_);
        }
        return result;
    }

    Matrix distribution(Eigen::Index rows, Eigen::Index columns) {
        Matrix result = drawn(rows, columns).cwiseAbs2();
        for (Eigen::Index row = 0; row < rows; row++) {
            result.row(row) /= result.row(row).sum();
        }
        return result;
    }

    Matrix transition(int above) {
        const Matrix factorized = product_of(distribution(above, part), distribution(above, part));
        const Matrix random = distribution(factorized.rows(), factorized.cols());
        return (1 - setting_.entangled) * factorized + setting_.entangled * random;
    }

    // [F1 x 1, 1 x F2].
    static Matrix blocks(const Matrix &first, const Matrix &second) {
        Matrix result(first.rows() * second.rows(), first.cols() + second.cols());
        result << product_of(first, Matrix::Ones(second.rows(), 1)),
            product_of(Matrix::Ones(first.rows(), 1), second);
        return result;
    }

    Matrix block_weight() {
        Matrix result = Matrix::Zero(2 * nodes, 2 * nodes);
        result.topLeftCorner(nodes, nodes) = drawn(nodes, nodes) / std::sqrt(double(nodes));
        result.bottomRightCorner(nodes, nodes) = drawn(nodes, nodes) / std::sqrt(double(nodes));
        return result;
    }

    // y, and the gradient of u from that of y, both per state.
    struct Norm {
        StateNorm norm;
        Matrix y;
    };
    Norm forward(const Matrix &u, const Vector &p) const {
        if (!setting_.normalized) {
            return {{}, u};
        }
        StateNorm norm = normalize_states(u, p, ones(), zeros());
        Matrix y = norm.normalized;
        return {std::move(norm), std::move(y)};
    }
    Matrix backward(const Norm &norm, const Vector &p, const Matrix &gradient) const {
        return setting_.normalized ? normalize_states_backward(norm.norm, p, ones(), gradient) : gradient;
    }

    // Of the outputs: what a bias behind them, always at its best, leaves; and the gradient through it.
    Matrix without_mean(const Matrix &values) const {
        if (!setting_.normalized) {
            return values;
        }
        return values.rowwise() - Eigen::RowVectorXd(top_.transpose() * values);
    }

    void take_step() {
        const Norm below = forward(bottom_ * first_, middle_);
        const Matrix f = setting_.rectified ? Matrix(below.y.cwiseMax(0)) : below.y;
        const Matrix summed = upper_ * f;
        const Matrix outputs = without_mean(summed * second_);
        const Matrix g = top_.asDiagonal() * without_mean(target_ - outputs);
        d_second_ = summed.transpose() * g;
        Matrix down = upper_.transpose() * g * second_.transpose();
        if (setting_.rectified) {
            down = (below.y.array() > 0).select(down, 0);
        }
        const Vector inverse = (middle_.array() > 0).select(middle_.cwiseInverse(), 0);
        const Matrix g_below =
            middle_.asDiagonal() * backward(below, middle_, Matrix(inverse.asDiagonal() * down));
        const double rate = way / setting_.steps;
        first_ += rate * bottom_.transpose() * g_below;
        second_ += rate * d_second_;
    }

    ChainSetting setting_;
    std::mt19937 random_;
    std::normal_distribution<double> normal_;
    Matrix upper_, lower_;   // transitions
    Vector top_, middle_;    // probabilities of the states
    Matrix bottom_;          // P F of the lowest layer, [middle state, node]
    Matrix target_;          // [top state, node]
    Matrix first_, second_;  // weights
    Matrix d_second_;
};

}  // namespace

ChainResult train_chain(const ChainSetting &setting, unsigned seed) {
    return Chain(setting, seed).train();
}

}  // namespace fsd::experiments
