// Batch normalization as a projection, disentanglement, means of classes, posteriors of FSD layers.
#include "runtime/error.h"
#include "toolkit/analysis/teacher/disentanglement.h"
#include "toolkit/analysis/teacher/posterior_study.h"
#include "toolkit/analysis/teacher/state_norm.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

using namespace fsd;
using namespace fsd::analysis;

namespace {

Matrix drawn(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    Matrix result(rows, columns);
    for (double &value : result.reshaped()) {
        value = normal(random);
    }
    return result;
}

Vector probabilities(Eigen::Index states, unsigned seed) {
    Vector p = drawn(states, 1, seed).cwiseAbs();
    p[states / 2] = states > 2 ? 0 : p[states / 2];
    return p / p.sum();
}

}  // namespace

TEST_CASE("batch normalization's gradient is a projection", "[teacher]") {
    const Matrix u = drawn(7, 5, 1), g = drawn(7, 5, 2);
    const Vector p = probabilities(7, 3), scale = drawn(5, 1, 4), shift = drawn(5, 1, 5),
                 one = Vector::Ones(5);
    const StateNorm norm = normalize_states(u, p, scale, shift);
    const Matrix d = normalize_states_backward(norm, p, scale, g);
    // <1, d> = <u, d> = 0.
    CHECK((p.transpose() * d).cwiseAbs().maxCoeff() <= 1e-14);
    CHECK((p.transpose() * u.cwiseProduct(d)).cwiseAbs().maxCoeff() <= 1e-14);
    // Twice is once, but for the factor 1 / s.
    const Matrix once = normalize_states_backward(norm, p, norm.inverse_deviation.cwiseInverse(), g);
    const Matrix twice = normalize_states_backward(norm, p, norm.inverse_deviation.cwiseInverse(), once);
    CHECK((once - twice).cwiseAbs().maxCoeff() <= 1e-13);
    // Central differences of sum p g y.
    const auto loss = [&](const Matrix &at) {
        return (p.transpose() * normalize_states(at, p, scale, shift).normalized.cwiseProduct(g)).sum();
    };
    for (int node = 0; node < 5; node++) {
        Matrix above = u, below = u;
        above(1, node) += 1e-5;
        below(1, node) -= 1e-5;
        CHECK((loss(above) - loss(below)) / 2e-5 == Approx(p[1] * d(1, node)).margin(1e-8));
    }
    // Weights of a layer u = f W: the gradient is perpendicular to them, so that their norm does not shrink.
    const Matrix f = drawn(7, 3, 6), w = drawn(3, 5, 7);
    const StateNorm of_layer = normalize_states(f * w, p, one, 0 * one);
    const Matrix dw = f.transpose() * p.asDiagonal() * normalize_states_backward(of_layer, p, one, g);
    CHECK(w.cwiseProduct(dw).colwise().sum().cwiseAbs().maxCoeff() <= 1e-13);
}

TEST_CASE("constant nodes and two states get no gradient, and no NaN", "[teacher]") {
    Matrix u = drawn(6, 3, 1);
    u.col(1).setConstant(0.3);
    const Vector p = probabilities(6, 2), one = Vector::Ones(3);
    const StateNorm norm = normalize_states(u, p, one, 0 * one);
    CHECK(norm.inverse_deviation[1] == 0);
    CHECK(norm.normalized.col(1).cwiseAbs().maxCoeff() == 0);
    CHECK(normalize_states_backward(norm, p, one, drawn(6, 3, 3)).col(1).cwiseAbs().maxCoeff() == 0);
    const Matrix two = drawn(2, 3, 4);
    const Vector q = Vector{{0.3, 0.7}};
    const Matrix d =
        normalize_states_backward(normalize_states(two, q, one, 0 * one), q, one, drawn(2, 3, 5));
    CHECK(d.cwiseAbs().maxCoeff() <= 1e-12);
}

TEST_CASE("blocks and factorization are measured", "[teacher]") {
    Matrix matrix = Matrix::Zero(3, 4);
    matrix(0, 0) = 3;
    matrix(2, 3) = 4;
    CHECK(off_block_ratio(matrix, 1, 2) == 0);
    matrix(0, 3) = 5;
    CHECK(off_block_ratio(matrix, 1, 2) == Approx(1));
    const Vector p = Vector{{0.2, 0.8}};
    const Matrix independent = Vector{{0.3, 0.7}} * Vector{{0.6, 0.4}}.transpose();
    const Matrix equal = Vector{{0.5, 0.5}}.asDiagonal();
    CHECK(factorization_index(p, {independent, independent}) == Approx(0).margin(1e-15));
    CHECK(factorization_index(p, {independent, equal}) == Approx(0.8 * std::log(2)));
    CHECK(factorization_index(Vector{{1, 0}}, {independent, equal}) == Approx(0).margin(1e-15));
}

TEST_CASE("cross-block gradients vanish where states factorize and gradients are centered", "[teacher]") {
    const Vector p1 = probabilities(3, 1), p2 = probabilities(4, 2);
    const Matrix f1 = drawn(3, 2, 3), g2 = drawn(4, 5, 4), u2 = drawn(4, 5, 5);
    Vector p(12);
    Matrix f(12, 2), u(12, 5), g(12, 5);
    for (int i = 0; i < 12; i++) {
        p[i] = p1[i / 4] * p2[i % 4];
        f.row(i) = f1.row(i / 4);
        u.row(i) = u2.row(i % 4);
        g.row(i) = g2.row(i % 4);
    }
    const Vector one = Vector::Ones(5);
    const Matrix centered = normalize_states_backward(normalize_states(u, p, one, 0 * one), p, one, g);
    CHECK((f.transpose() * p.asDiagonal() * centered).cwiseAbs().maxCoeff() <= 1e-14);
    const Matrix plain = f.transpose() * p.asDiagonal() * g;
    const Matrix expected = (f1.transpose() * p1) * (p2.transpose() * g2);
    CHECK((plain - expected).cwiseAbs().maxCoeff() <= 1e-14);
    CHECK(plain.cwiseAbs().maxCoeff() > 1e-2);
}

TEST_CASE("posteriors are studied class by class", "[teacher]") {
    // Two variables of two states: equal in class 0, independent in class 1.
    Matrix posterior(8, 4);
    std::vector<int> labels;
    for (int i = 0; i < 8; i++) {
        const bool first = i % 2 == 0, second = i < 4 ? first : i % 4 < 2;
        posterior.row(i) << (first ? 1 : 0), (first ? 0 : 1), (second ? 1 : 0), (second ? 0 : 1);
        labels.push_back(i < 4 ? 0 : 1);
    }
    const PosteriorStudy study = study_posteriors(posterior, 2, labels, 3);
    CHECK(study.variables == 2);
    CHECK(study.pairs == 1);
    REQUIRE(study.factorization);
    CHECK(*study.factorization == Approx(std::log(2) / 2));
    CHECK(study.classes.count[2] == 0);
    CHECK(study.classes.mean(2, 0) == 0);
    CHECK(study.classes.mean(0, 0) == Approx(0.5));
    CHECK(!study_posteriors(posterior.leftCols(2), 2, labels, 3).factorization);
    CHECK_THROWS_AS(class_means(posterior, {1, 2}, 3), Error);
}
