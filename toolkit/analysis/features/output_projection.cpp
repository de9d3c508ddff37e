// Runs the network up to the features and to the end.
#include "toolkit/analysis/features/output_projection.h"

#include "runtime/models/activations.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/aggregation/layers/output_nodes.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr Eigen::Index most_features = 4096;

struct Ends {
    Tensor features;       // [sample, ...]
    Tensor log_posterior;  // [sample, ...]
};

Ends run(const Model &model, std::size_t layer, const Dataset &data) {
    auto found = activations_of(model, data.inputs(), {layer, model.layers.size()});
    return {found.at(layer), found.at(model.layers.size())};
}

double cross_entropy_of(const Tensor &log_posterior, const std::vector<int> &labels, int classes) {
    const auto *row = static_cast<const float *>(log_posterior.data());
    double sum = 0;
    for (const int label : labels) {
        sum -= row[label];
        row += classes;
    }
    return sum / static_cast<double>(labels.size());
}

double accuracy_of(const Tensor &log_posterior, const std::vector<int> &labels, int classes) {
    const auto *row = static_cast<const float *>(log_posterior.data());
    int right = 0;
    for (const int label : labels) {
        right += std::max_element(row, row + classes) - row == label ? 1 : 0;
        row += classes;
    }
    return static_cast<double>(right) / static_cast<double>(labels.size());
}

double entropy_of(const Vector &probability) {
    double sum = 0;
    for (const double p : probability) {
        sum -= p > 0 ? p * std::log(p) : 0;
    }
    return sum;
}

}  // namespace

std::optional<OutputProjection> output_projection(const Model &model, const Dataset &fitted,
                                                  const Dataset &measured) {
    const std::size_t end = model.layers.size();
    const auto classes = static_cast<int>(model.classes.size());
    if (end < 2 || classes == 0 || kind_behind(model, end - 1) != ActivationKind::log_probability) {
        return std::nullopt;
    }
    const std::optional<LinearNodes> nodes = output_nodes(model, end - 2);
    if (!nodes || nodes->weight.cols() != classes || nodes->weight.rows() > most_features) {
        return std::nullopt;
    }
    const Ends ends = run(model, end - 2, fitted);
    const FeatureMoments moments = feature_moments(ends.features, fitted.labels, classes);
    const Whitening whitening = whitening_of(moments.covariance);
    const Matrix matched = matched_projection(moments, whitening), weights = nodes->weight.transpose();
    OutputProjection found;
    found.layer = end - 2;
    found.features = moments.units();
    found.rank = whitening.rank();
    found.match = match_of(weights, matched, moments);
    found.h_score = h_score(moments, whitening);
    found.trained_h_score = two_sided_h_score(moments, weights);
    found.class_entropy = entropy_of(moments.class_probability);
    found.cross_entropy = cross_entropy_of(ends.log_posterior, fitted.labels, classes);
    const Ends test = &fitted == &measured ? ends : run(model, end - 2, measured);
    found.accuracy = accuracy_of(test.log_posterior, measured.labels, classes);
    found.matched_accuracy = matched_accuracy(test.features, measured.labels, moments, matched);
    return found;
}

}  // namespace fsd::analysis
