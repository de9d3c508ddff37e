// Checks, then features, then nodes.
#include "toolkit/analysis/aggregation/aggregation_analysis.h"

#include "runtime/error.h"
#include "toolkit/analysis/aggregation/correlation.h"
#include "toolkit/analysis/aggregation/log_odds.h"
#include "toolkit/analysis/median.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr int most_classes = 1000, most_pairs = 400;

void check(const AggregationInput &input) {
    if (input.classes < 2 || input.classes > most_classes) {
        throw Error(ExitCode::bad_input, text("An analysis of classes is for 2 to ", most_classes,
                                              " of them; found ", input.classes, "."));
    }
    check(input.fitted, input.classes);
    check(input.measured, input.classes);
    if (input.fitted.width() != input.measured.width()) {
        throw Error(ExitCode::bad_input, text("The features of ", input.fitted.source, " are ",
                                              input.fitted.width(), ", those of ", input.measured.source,
                                              " are ", input.measured.width(), "; expected the same."));
    }
    if (input.nodes && !(input.nodes->weight.allFinite() && input.nodes->bias.allFinite())) {
        throw Error(ExitCode::bad_input,
                    "Weights and biases of the nodes must be finite; found a NaN or an infinity.");
    }
}

// Of each feature whether none of its numbers is below 0.
std::vector<bool> nonnegative_features(const PooledSet &set) {
    std::vector<bool> nonnegative(set.width(), true);
    for (int sample = 0; sample < set.samples(); sample++) {
        for (int feature = 0; feature < set.width(); feature++) {
            nonnegative[feature] = nonnegative[feature] && set.row(sample)[feature] >= 0;
        }
    }
    return nonnegative;
}

ChannelSummary summary_of(const std::vector<ChannelFit> &channels) {
    std::vector<double> gamma, normal, exponential;
    int both = 0, wins = 0;
    for (const ChannelFit &fit : channels) {
        const auto add = [](std::vector<double> &list, const std::optional<double> &distance) {
            if (distance) {
                list.push_back(*distance);
            }
        };
        add(gamma, fit.gamma_distance);
        add(normal, fit.normal_distance);
        add(exponential, fit.exponential_distance);
        if (fit.gamma_distance && fit.normal_distance) {
            both++;
            wins += *fit.gamma_distance < *fit.normal_distance ? 1 : 0;
        }
    }
    ChannelSummary summary{both, median(gamma), median(normal), median(exponential), std::nullopt};
    if (both > 0) {
        summary.gamma_wins = static_cast<double>(wins) / both;
    }
    return summary;
}

std::vector<NodePair> pairs_of(int classes, int nodes) {
    const bool all = nodes <= most_pairs / classes;
    if (!all && nodes != classes) {
        throw Error(ExitCode::bad_input,
                    text("There are ", nodes, " nodes for ", classes,
                         " classes; expected as many nodes as classes, or at "
                         "most ",
                         most_pairs, " pairs of the two. Give the columns of some nodes only."));
    }
    std::vector<NodePair> pairs;
    for (int label = 0; label < classes; label++) {
        for (int node = all ? 0 : label; node < (all ? nodes : label + 1); node++) {
            pairs.push_back({label, node});
        }
    }
    return pairs;
}

std::vector<std::optional<double>> recall_of(const Matrix &values, const std::vector<int> &labels,
                                             int classes) {
    std::vector<int> count(classes), right(classes);
    for (Eigen::Index sample = 0; sample < values.rows(); sample++) {
        Eigen::Index found = 0;
        values.row(sample).maxCoeff(&found);
        count[labels[sample]]++;
        right[labels[sample]] += found == labels[sample] ? 1 : 0;
    }
    std::vector<std::optional<double>> recall(classes);
    for (int label = 0; label < classes; label++) {
        if (count[label] > 0) {
            recall[label] = static_cast<double>(right[label]) / count[label];
        }
    }
    return recall;
}

void analyze_features(const AggregationInput &input, AggregationAnalysis &analysis) {
    const PooledSet fitted = input.log_probabilities ? log_odds(input.fitted) : input.fitted;
    const PooledSet measured = input.log_probabilities ? log_odds(input.measured) : input.measured;
    const bool of_any_sign = input.log_probabilities || input.log_odds;
    const std::vector<bool> nonnegative =
        of_any_sign ? std::vector<bool>(fitted.width(), false) : nonnegative_features(fitted);
    analysis.negative_features = static_cast<int>(std::count(nonnegative.begin(), nonnegative.end(), false));
    ClassStatistics statistics(input.classes, fitted.width());
    statistics.add(fitted.features, fitted.labels);
    analysis.channels = channel_fits(statistics, nonnegative, measured);
    analysis.summary = summary_of(analysis.channels);
}

void analyze_nodes(const AggregationInput &input, AggregationAnalysis &analysis) {
    const Matrix fitted = node_values(input.fitted, *input.nodes),
                 measured = node_values(input.measured, *input.nodes);
    const NodeStatistics moments = node_moments(input.fitted, *input.nodes, fitted, input.classes);
    const auto nodes = static_cast<int>(measured.cols());
    analysis.divergences =
        node_divergences(moments, measured, input.measured.labels, pairs_of(input.classes, nodes));
    if (nodes == input.classes) {
        analysis.recall = recall_of(measured, input.measured.labels, input.classes);
    }
}

}  // namespace

std::vector<NodeDivergence> AggregationAnalysis::own_divergences() const {
    std::vector<NodeDivergence> own;
    std::copy_if(divergences.begin(), divergences.end(), std::back_inserter(own),
                 [&](const NodeDivergence &divergence) {
                     return !recall.empty() && divergence.pair.label == divergence.pair.node;
                 });
    return own;
}

std::optional<double> AggregationAnalysis::recall_correlation() const {
    std::vector<double> measured, recalled;
    for (const NodeDivergence &divergence : own_divergences()) {
        const std::optional<double> share = recall[divergence.pair.label];
        if (divergence.measured && share) {
            measured.push_back(*divergence.measured);
            recalled.push_back(*share);
        }
    }
    return pearson(measured, recalled);
}

AggregationAnalysis analyze_aggregation(const AggregationInput &input) {
    check(input);
    AggregationAnalysis analysis;
    analysis.classes = input.classes;
    analysis.features = input.fitted.width();
    analyze_features(input, analysis);
    if (input.nodes) {
        analyze_nodes(input, analysis);
    }
    return analysis;
}

}  // namespace fsd::analysis
