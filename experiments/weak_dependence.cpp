// Tables of 8 values and 6 classes, 2 features; hidden layers of 3 inputs and 2 units.
#include "experiments/weak_dependence.h"

#include "toolkit/analysis/features/codes.h"
#include "toolkit/analysis/features/modes.h"
#include "toolkit/analysis/features/projection.h"
#include "toolkit/analysis/features/resampling.h"

#include <cmath>
#include <random>

namespace fsd::experiments {
namespace {

using namespace analysis;

constexpr int values = 8, classes = 6, width = 2, inputs = 3;

double deviation(const Vector &numbers, const Vector &weight) {
    const double mean = weight.dot(numbers);
    return std::sqrt(weight.dot(Vector((numbers.array() - mean).square())));
}

// Mean 0 and covariance 1 under px, so that tanh(W t) is tried where it is nearly linear.
Matrix standard_inputs(const Joint &joint, std::uint64_t seed) {
    const FeatureMoments moments =
        feature_moments_of_table(random_matrix(values, inputs, seed), joint.probability);
    return (random_matrix(values, inputs, seed).rowwise() - moments.mean.transpose()) *
           whitening_of(moments.covariance).root;
}

}  // namespace

FreeFeatureMatch free_feature_match(double epsilon, std::uint64_t seed) {
    const Joint joint = weak_joint(values, classes, epsilon, seed);
    const Modes modes = modes_of(joint);
    const TableRegression found = free_features(joint, 1, seed);
    const Vector f = found.features.col(0), v = found.weights.col(0);
    const double f_length = deviation(f, joint.rows), v_length = deviation(v, joint.columns);
    const double product = joint.rows.dot(f.cwiseProduct(modes.row_features.col(0)));
    const double sigma = modes.correlations[0], size = f_length * v_length;
    return {epsilon, sigma, std::fabs(product) / f_length, size, std::fabs(size / sigma - 1)};
}

RegressionMatch regression_match(double epsilon, std::uint64_t seed) {
    const Joint joint = weak_joint(values, classes, epsilon, seed);
    const TableRegression found = softmax_regression(joint, random_matrix(values, width, seed + 1000));
    const FeatureMoments moments = feature_moments_of_table(found.features, joint.probability);
    const Whitening whitening = whitening_of(moments.covariance);
    const ProjectionMatch match = match_of(found.weights, matched_projection(moments, whitening), moments);
    const double drop = class_entropy(joint) - found.cross_entropy, score = h_score(moments, whitening);
    return {epsilon, match.cosine.value_or(0),   match.relative_error.value_or(HUGE_VAL), drop,
            score,   std::fabs(drop / score - 1)};
}

HiddenMatch hidden_match(double epsilon, bool with_biases, std::uint64_t seed) {
    const Joint joint = weak_joint(values, classes, epsilon, seed);
    const Matrix t = standard_inputs(joint, seed + 1000), v = random_matrix(classes, width, seed + 2000);
    const Vector biases =
        with_biases ? Vector(0.5 * random_matrix(width, 1, seed + 3000)) : Vector(Vector::Zero(width));
    const Vector slopes = 1 - biases.array().tanh().square();
    const Matrix found = hidden_weights(joint, t, v, biases),
                 expected = matched_hidden_weights(feature_moments_of_table(t, joint.probability), v, slopes);
    return {epsilon, cosine_of(found, expected).value_or(0), (found - expected).norm() / expected.norm()};
}

BinnedNormal binned_normal(int bins, int samples, double correlation, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto uniform = [&] { return (static_cast<double>(random() >> 11U) + 1) / 9007199254740993.; };
    std::vector<double> x, y;
    for (int i = 0; i < samples; i++) {
        const double radius = std::sqrt(-2 * std::log(uniform())), angle = 2 * EIGEN_PI * uniform();
        x.push_back(radius * std::cos(angle));
        y.push_back(correlation * x.back() +
                    std::sqrt(1 - correlation * correlation) * radius * std::sin(angle));
    }
    const Codes a = equal_frequency_codes(x, bins), b = equal_frequency_codes(y, bins);
    const auto first = [&](const std::vector<int> &labels) {
        return correlations_of(
            joint_of_counts(joint_counts(a.code, a.count, labels, b.count), "The table"))[0];
    };
    return {first(b.code), first(Resampler(seed).permuted(b.code))};
}

}  // namespace fsd::experiments
