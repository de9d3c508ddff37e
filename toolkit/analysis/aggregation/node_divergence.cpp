// Samples are sorted once per node and class.
#include "toolkit/analysis/aggregation/node_divergence.h"

#include "toolkit/analysis/aggregation/correlation.h"
#include "toolkit/analysis/aggregation/density_tables.h"
#include "toolkit/analysis/median.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double least_measured = 0.01;  // below, a relative error says nothing

struct Split {
    std::vector<double> own, others;
};

Split split(const Matrix &values, const std::vector<int> &labels, const NodePair &pair) {
    Split result;
    for (Eigen::Index sample = 0; sample < values.rows(); sample++) {
        (labels[sample] == pair.label ? result.own : result.others).push_back(values(sample, pair.node));
    }
    std::sort(result.own.begin(), result.own.end());
    std::sort(result.others.begin(), result.others.end());
    return result;
}

void measure(NodeDivergence &divergence, const Split &samples) {
    const MeasuredDivergence found = measured_divergence(samples.own, samples.others);
    if (!found.measured) {
        divergence.flags.emplace_back("too_few_measured");
        return;
    }
    divergence.measured = found.nats;
    if (found.histogram) {
        divergence.flags.emplace_back("histogram");
    }
    if (found.saturated) {
        divergence.flags.emplace_back("saturated");
    }
}

// Not flagged before, and yet without a prediction.
void flag_others(NodeDivergence &divergence) {
    const auto &flags = divergence.flags;
    const bool own = std::any_of(flags.begin(), flags.end(), [](const std::string &flag) {
        return flag == "empty_class" || flag == "single_sample" || flag == "constant_node";
    });
    if (!own && !divergence.predicted[static_cast<std::size_t>(Predictor::normal)]) {
        divergence.flags.emplace_back("constant_elsewhere");
    }
}

void flag(NodeDivergence &divergence, const NodeStatistics &moments) {
    const auto [own, node] = divergence.pair;
    const double variance = moments.variance(own, node);
    if (moments.count[own] < 2) {
        divergence.flags.emplace_back(moments.count[own] < 1 ? "empty_class" : "single_sample");
    } else if (variance == 0) {
        divergence.flags.emplace_back("constant_node");
    }
    for (int label = 0; label < static_cast<int>(moments.count.size()); label++) {
        if (label != own && moments.count[label] > 0 &&
            moments.variance(label, node) < least_variance(variance)) {
            divergence.flags.emplace_back("narrow_component");
            return;
        }
    }
}

}  // namespace

std::vector<NodeDivergence> node_divergences(const NodeStatistics &moments, const Matrix &values,
                                             const std::vector<int> &labels,
                                             const std::vector<NodePair> &pairs) {
    std::vector<NodeDivergence> result(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); i++) {
        result[i].pair = pairs[i];
        flag(result[i], moments);
        measure(result[i], split(values, labels, pairs[i]));
    }
    for (std::size_t predictor = 0; predictor < predictor_count; predictor++) {
        const auto predicted = predicted_divergences(all_predictors[predictor], moments, pairs);
        for (std::size_t i = 0; i < pairs.size(); i++) {
            result[i].predicted[predictor] = predicted[i];
        }
    }
    std::for_each(result.begin(), result.end(), flag_others);
    return result;
}

Agreement agreement(const std::vector<NodeDivergence> &divergences, Predictor predictor) {
    std::vector<double> predicted, measured, relative, differences;
    for (const NodeDivergence &divergence : divergences) {
        const std::optional<double> prediction = divergence.predicted[static_cast<std::size_t>(predictor)];
        if (prediction && divergence.measured) {
            predicted.push_back(*prediction);
            measured.push_back(*divergence.measured);
            differences.push_back(std::fabs(*prediction - *divergence.measured));
            if (*divergence.measured > least_measured) {
                relative.push_back(differences.back() / *divergence.measured);
            }
        }
    }
    return {static_cast<int>(predicted.size()), pearson(predicted, measured), spearman(predicted, measured),
            median(relative), median(differences)};
}

}  // namespace fsd::analysis
