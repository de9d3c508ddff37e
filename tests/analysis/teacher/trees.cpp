// The teacher's tree, its expansion by kernels against exact enumeration: criteria T1 to T4, and refusals.
#include "runtime/error.h"
#include "toolkit/analysis/teacher/expansion.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using Catch::Contains;

namespace {

constexpr int labels = 3, branches = 2, states = 4, values = 3;  // 3888 assignments

GenerativeTree tree_of(double noise, unsigned seed) {
    return random_tree(labels, branches, states, values, noise, seed);
}

double largest_difference(const Matrix &a, const Matrix &b) {
    return (a - b).cwiseAbs().maxCoeff();
}

double mean_residual(GateRule rule, double noise) {
    double sum = 0;
    for (unsigned seed = 1; seed <= 10; seed++) {
        const GenerativeTree tree = tree_of(noise, seed);
        const LocalStudent student = random_student(tree, 5, labels, seed + 100);
        const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
        sum += separation_residual(exact, expand(tree, student, rule, cross_entropy_gradient, &exact)) / 10;
    }
    return sum;
}

}  // namespace

TEST_CASE("a linear student's expansion is exact where the gradient follows from the label: T1",
          "[teacher]") {
    const GenerativeTree tree = tree_of(0.7, 3);
    LocalStudent student = random_student(tree, 5, 4, 7);
    student.linear = true;
    const Matrix top = Matrix::Random(labels, 4);
    const auto gradient = [&](const Eigen::RowVectorXd &, int label) -> Eigen::RowVectorXd {
        return top.row(label);
    };
    const Enumeration exact = enumerate(tree, student, gradient);
    const Expansion expanded = expand(tree, student, GateRule::none, gradient);
    for (int region = 0; region < tree.regions(); region++) {
        const auto i = static_cast<std::size_t>(region);
        CAPTURE(region);
        CHECK(largest_difference(exact.regions[i].feature, expanded.features[i]) <= 1e-12);
        CHECK(largest_difference(exact.regions[i].gradient, expanded.gradients[i]) <= 1e-12);
    }
    CHECK(separation_residual(exact, expanded) <= 1e-12);
    // What is compared is not nothing.
    CHECK(exact.weight_gradients[1].norm() > 1e-3);
}

TEST_CASE("pre-activations of relu students follow from the children's true means: T2", "[teacher]") {
    const GenerativeTree tree = tree_of(0.7, 4);
    const LocalStudent student = random_student(tree, 6, labels, 8);
    const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
    // The effective gate makes F the true mean, so that every U must be true.
    const Expansion expanded = expand(tree, student, GateRule::effective, cross_entropy_gradient, &exact);
    for (const int region : {0, 1, 2}) {
        const auto i = static_cast<std::size_t>(region);
        CHECK(largest_difference(exact.regions[i].preactivation, expanded.preactivations[i]) <= 1e-12);
        CHECK(largest_difference(exact.regions[i].feature, expanded.features[i]) <= 1e-12);
    }
}

TEST_CASE("gate rules are exact without noise and off in proportion to it: T3", "[teacher]") {
    for (const GateRule rule : {GateRule::sign, GateRule::mean, GateRule::effective}) {
        CAPTURE(name_of(rule));
        CHECK(mean_residual(rule, 0) <= 1e-12);
        const double slope = std::log10(mean_residual(rule, 0.01) / mean_residual(rule, 0.001));
        CHECK(slope >= 0.9);
        CHECK(slope <= 1.2);
    }
    // The Gaussian gate is off by the deviation near U = 0, which falls as the square root of the noise.
    CHECK(mean_residual(GateRule::gaussian, 0) <= 1e-12);
    CHECK(mean_residual(GateRule::mean, 0.05) <= 0.08);
}

TEST_CASE("the effective gate is the closest at little noise", "[teacher]") {
    for (const double noise : {0.01, 0.05, 0.1}) {
        CAPTURE(noise);
        const double effective = mean_residual(GateRule::effective, noise);
        CHECK(effective < mean_residual(GateRule::mean, noise));
        CHECK(effective < mean_residual(GateRule::sign, noise));
    }
}

TEST_CASE("states that share a pixel's value differ in another pixel on most trees", "[teacher]") {
    int equal = 0;
    for (unsigned seed = 1; seed <= 60; seed++) {
        const GenerativeTree tree = tree_of(0, seed);
        const auto &pixels = tree.region(1).children;
        for (int a = 0; a < states; a++) {
            for (int b = 0; b < a; b++) {
                equal += pixels[0].transition.row(a) == pixels[0].transition.row(b) &&
                                 pixels[1].transition.row(a) == pixels[1].transition.row(b)
                             ? 1
                             : 0;
            }
        }
    }
    CHECK(equal > 0);
    CHECK(equal < 30);  // one pair in six by chance
}

TEST_CASE("on a very noisy tree the Gaussian gate is closer than the mean gate: T4", "[teacher]") {
    double gaussian = 0, mean = 0;
    for (unsigned seed = 1; seed <= 10; seed++) {
        const GenerativeTree tree = tree_of(0.9, seed);
        const LocalStudent student = random_student(tree, 5, labels, seed + 50);
        const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
        const auto error = [&](GateRule rule) {
            const Expansion expanded = expand(tree, student, rule, cross_entropy_gradient, &exact);
            return (expanded.features[1] - exact.regions[1].feature).norm() / exact.regions[1].feature.norm();
        };
        gaussian += error(GateRule::gaussian);
        mean += error(GateRule::mean);
    }
    CHECK(2 * gaussian <= mean);
}

TEST_CASE("states that never occur and deterministic edges are no trouble", "[teacher]") {
    const GenerativeTree tree = tree_of(0, 1);
    CHECK(tree.marginal(1).minCoeff() == 0);  // four states of three labels
    const LocalStudent student = random_student(tree, 4, labels, 1);
    const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
    for (const StateMeans &means : exact.regions) {
        CHECK((means.feature.allFinite() && means.variance.allFinite() && means.gradient.allFinite()));
    }
}

TEST_CASE("expanding a sign of 0 as the effective gate takes the mean gate", "[teacher]") {
    const GenerativeTree tree = tree_of(0.3, 2);
    LocalStudent student = random_student(tree, 4, labels, 2);
    student.weights[3].setZero();
    student.weights[4].setZero();
    const Enumeration exact = enumerate(tree, student, cross_entropy_gradient);
    const Expansion expanded = expand(tree, student, GateRule::effective, cross_entropy_gradient, &exact);
    CHECK(expanded.features[1].cwiseAbs().maxCoeff() == 0);
    CHECK(expanded.gradients[3].allFinite());
}

TEST_CASE("graphs and probabilities that have no expansion are refused", "[teacher]") {
    const Matrix half = Matrix::Constant(2, 2, 0.5);
    const Vector prior = Vector::Constant(2, 0.5);
    const auto refuse = [&](const std::vector<TreeRegion> &regions, const Vector &top, const char *sentence) {
        CHECK_THROWS_WITH(GenerativeTree(regions, top), Contains(sentence));
    };
    refuse({{2, {{1, half}, {2, half}}}, {2, {{3, half}}}, {2, {{3, half}}}, {2, {}}}, prior, "overlap");
    refuse({{2, {{1, half}}}, {2, {{0, half}}}}, prior, "cyclic");
    refuse({{2, {{1, half}}}, {2, {}}, {2, {{3, half}}}, {2, {{2, half}}}}, prior, "Only 2 of 4");
    refuse({{2, {{5, half}}}}, prior, "there are 1 regions");
    refuse({{2, {{1, 0.9 * half}}}, {2, {}}}, prior, "sum to 1");
    refuse({{2, {{1, half}}}, {3, {}}}, prior, "must be [2, 3]");
    refuse({{2, {{1, half}}}, {2, {}}}, Vector{{1.5, -0.5}}, "The prior");
    refuse({{2, {{1, half}}}, {2, {}}}, Vector{{NAN, 1}}, "The prior");
    refuse({{3, {}}}, prior, "each of its states");
    CHECK_THROWS_WITH(enumerate(random_tree(3, 4, 4, 3, 0.1, 1),
                                random_student(random_tree(3, 4, 4, 3, 0.1, 1), 2, 3, 1),
                                cross_entropy_gradient),
                      Contains("10 million"));
    const GenerativeTree tree = tree_of(0.1, 1);
    CHECK_THROWS_WITH(expand(tree, random_student(tree, 2, 3, 1), GateRule::mean, cross_entropy_gradient),
                      Contains("'mean'"));
}
