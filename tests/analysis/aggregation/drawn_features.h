// Features of classes for the tests: drawn at random, the same each time.
#pragma once

#include "toolkit/analysis/aggregation/aggregation_analysis.h"

#include <cmath>
#include <random>

namespace fsd::testing {

// Rectified normal numbers, `count` samples of each class in turn; the mean of a feature depends on the
// class.
inline analysis::PooledSet drawn_features(int classes, int features, int count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    analysis::PooledSet set{make_tensor<float>({classes * count, features}), {}, "the test"};
    auto *next = static_cast<float *>(set.features.data());
    for (int sample = 0; sample < classes * count; sample++) {
        const int label = sample % classes;
        const double common = normal(random);
        set.labels.push_back(label);
        for (int feature = 0; feature < features; feature++) {
            const double mean = 1 + std::cos(1.3 * label * (feature + 1));
            *next++ = static_cast<float>(std::max(0., mean + 0.5 * common + 0.7 * normal(random)));
        }
    }
    return set;
}

inline float &feature_of(analysis::PooledSet &set, int sample, int feature) {
    return static_cast<float *>(set.features.data())[sample * set.width() + feature];
}

// A node for each class, with weights of both signs: the classes' linear discriminants, but for correlations.
inline analysis::LinearNodes drawn_nodes(int features, int nodes) {
    analysis::LinearNodes result{analysis::Matrix(features, nodes), Eigen::RowVectorXd::Zero(nodes)};
    for (int node = 0; node < nodes; node++) {
        for (int feature = 0; feature < features; feature++) {
            const double weight = std::cos(1.3 * node * (feature + 1));
            result.weight(feature, node) = weight;
            result.bias(node) -= 0.5 * (1 + weight) * (1 + weight);
        }
    }
    return result;
}

inline analysis::AggregationInput drawn_input(int classes, int features, int count) {
    return {drawn_features(classes, features, count, 1), drawn_features(classes, features, count, 2), classes,
            drawn_nodes(features, classes), false};
}

}  // namespace fsd::testing
