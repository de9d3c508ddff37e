// Moments of nodes against those of their values, predictions against closed forms and samples.
#include "tests/analysis/aggregation/drawn_features.h"
#include "toolkit/analysis/aggregation/closed_divergence.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

namespace {

NodeStatistics normal_moments(const std::vector<int> &count, const std::vector<double> &mean,
                              const std::vector<double> &variance) {
    const auto classes = static_cast<Eigen::Index>(count.size());
    NodeStatistics moments;
    moments.count = count;
    moments.mean = Eigen::Map<const Vector>(mean.data(), classes);
    moments.variance = Eigen::Map<const Vector>(variance.data(), classes);
    moments.variance_independent = 2 * moments.variance;
    moments.skewness = Matrix::Zero(classes, 1);
    return moments;
}

double predicted(Predictor predictor, const NodeStatistics &moments) {
    return predicted_divergences(predictor, moments, {{0, 0}}).front().value();
}

struct Moments {
    double count = 0, mean = 0, variance = 0, third = 0;
};

Moments direct(const Matrix &values, const std::vector<int> &labels, int label, int node) {
    std::vector<double> own;
    for (Eigen::Index sample = 0; sample < values.rows(); sample++) {
        if (labels[sample] == label) {
            own.push_back(values(sample, node));
        }
    }
    Moments result;
    result.count = static_cast<double>(own.size());
    for (const double value : own) {
        result.mean += value / result.count;
    }
    for (const double value : own) {
        const double deviation = value - result.mean;
        result.variance += deviation * deviation;
        result.third += deviation * deviation * deviation;
    }
    result.variance /= result.count;
    result.third /= result.count;
    return result;
}

}  // namespace

TEST_CASE("moments of nodes from those of features are those of their values", "[aggregation]") {
    const PooledSet set = drawn_features(3, 7, 40, 1);
    const LinearNodes nodes = drawn_nodes(7, 4);
    const Matrix values = node_values(set, nodes);
    const NodeStatistics moments = node_moments(set, nodes, values, 3);
    for (int label = 0; label < 3; label++) {
        for (int node = 0; node < 4; node++) {
            const Moments expected = direct(values, set.labels, label, node);
            REQUIRE(moments.mean(label, node) == Approx(expected.mean));
            REQUIRE(moments.variance(label, node) == Approx(expected.variance));
            REQUIRE(moments.skewness(label, node) ==
                    Approx(expected.third / std::pow(expected.variance, 1.5)).margin(1e-9));
        }
    }
}

TEST_CASE("features beyond the covariances' limit have the same moments", "[aggregation]") {
    const PooledSet set = drawn_features(3, 5, 20, 1);
    const LinearNodes nodes = drawn_nodes(5, 3);
    const int wide = most_covariances + 1;
    PooledSet padded{make_tensor<float>({set.samples(), wide}), set.labels, set.source};
    LinearNodes more{Matrix::Zero(wide, 3), nodes.bias};
    more.weight.topRows(5) = nodes.weight;
    for (int sample = 0; sample < set.samples(); sample++) {
        std::copy_n(set.row(sample), 5, &feature_of(padded, sample, 0));
    }
    const NodeStatistics narrow = node_moments(set, nodes, node_values(set, nodes), 3),
                         other = node_moments(padded, more, node_values(padded, more), 3);
    REQUIRE(other.mean.isApprox(narrow.mean, 1e-12));
    REQUIRE(other.variance.isApprox(narrow.variance, 1e-10));
    REQUIRE(other.variance_independent.isApprox(narrow.variance_independent, 1e-10));
    REQUIRE(other.skewness.isApprox(narrow.skewness, 1e-9));
}

TEST_CASE("with one other class the mixture is its normal distribution", "[aggregation]") {
    const NodeStatistics moments = normal_moments({100, 50}, {1, -0.5}, {0.8, 2});
    const double expected = normal_divergence(1, 0.8, -0.5, 2);
    REQUIRE(predicted(Predictor::normal, moments) == Approx(expected));
    REQUIRE(predicted(Predictor::normal_mixture, moments) == Approx(expected).epsilon(1e-6));
    REQUIRE(predicted(Predictor::normal_mixture_bound, moments) == Approx(expected));
    REQUIRE(predicted(Predictor::normal_mixture_independent, moments) ==
            Approx(normal_divergence(1, 1.6, -0.5, 4)).epsilon(1e-6));
    REQUIRE(predicted(Predictor::pearson_mixture, moments) == Approx(expected).epsilon(0.05));
}

TEST_CASE("equal classes have no divergence, and the bound bounds", "[aggregation]") {
    const NodeStatistics equal = normal_moments({10, 20, 30}, {2, 2, 2}, {3, 3, 3});
    for (const Predictor predictor : all_predictors) {
        INFO(name_of(predictor));
        REQUIRE(predicted(predictor, equal) == Approx(0).margin(1e-9));
    }
    const NodeStatistics apart = normal_moments({10, 20, 30, 40}, {0, 1, 3, -2}, {1, 2, 0.5, 0.3});
    REQUIRE(predicted(Predictor::normal_mixture_bound, apart) >= predicted(Predictor::normal_mixture, apart));
    REQUIRE(predicted(Predictor::gamma, apart) >= 0);
}

TEST_CASE("predictions are what samples of normal classes measure", "[aggregation]") {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    const double means[] = {0, 1, -1.2}, deviations[] = {1, 0.7, 1.4};
    Matrix values(30000, 1);
    std::vector<int> labels;
    for (Eigen::Index sample = 0; sample < values.rows(); sample++) {
        labels.push_back(static_cast<int>(sample % 3));
        values(sample, 0) = means[labels.back()] + deviations[labels.back()] * normal(random);
    }
    const NodeStatistics moments = normal_moments({1, 1, 1}, {0, 1, -1.2}, {1, 0.49, 1.96});
    NodeStatistics counted = moments;
    counted.count = {10000, 10000, 10000};
    const auto found = node_divergences(counted, values, labels, {{0, 0}, {1, 0}, {2, 0}});
    for (const NodeDivergence &divergence : found) {
        const double measured = divergence.measured.value();
        // Ten neighbors among 10,000 measure 6 % too little at 1.3 nats.
        REQUIRE(divergence.predicted[static_cast<std::size_t>(Predictor::normal_mixture)].value() ==
                Approx(measured).epsilon(0.08));
        REQUIRE(divergence.flags.empty());
    }
    REQUIRE(agreement(found, Predictor::normal_mixture).pearson.value() > 0.98);
    REQUIRE(agreement(found, Predictor::normal_mixture).pairs == 3);
}

TEST_CASE("a class that is narrow beside another is still one", "[aggregation]") {
    const NodeStatistics moments = normal_moments({10, 20, 30}, {0, 1, 0}, {1, 0, 1e-20});
    for (const Predictor predictor : all_predictors) {
        INFO(name_of(predictor));
        const auto found = predicted_divergences(predictor, moments, {{0, 0}, {1, 0}});
        REQUIRE(found[0].has_value());
        REQUIRE(std::isfinite(*found[0]));
        REQUIRE_FALSE(found[1].has_value());
    }
}
