// Whole analyses: ordinary ones, degenerate ones, refused ones.
#include "runtime/error.h"
#include "tests/analysis/aggregation/drawn_features.h"
#include "toolkit/analysis/aggregation/aggregation_plots.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

bool has(const std::vector<std::string> &flags, const std::string &flag) {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

const ChannelFit &fit_of(const AggregationAnalysis &analysis, int label, int feature) {
    return analysis.channels.at(static_cast<std::size_t>(label) * analysis.features + feature);
}

void require_finite(const std::optional<double> &number) {
    if (number) {
        REQUIRE(std::isfinite(*number));
    }
}

// No NaN and no infinity leaves an analysis.
void require_finite(const AggregationAnalysis &analysis) {
    for (const ChannelFit &fit : analysis.channels) {
        for (const auto &number :
             {fit.gamma_distance, fit.normal_distance, fit.exponential_distance, fit.divergence,
              std::optional<double>(fit.mean), std::optional<double>(fit.variance)}) {
            require_finite(number);
        }
    }
    for (const NodeDivergence &divergence : analysis.divergences) {
        require_finite(divergence.measured);
        for (const auto &predicted : divergence.predicted) {
            require_finite(predicted);
        }
    }
    for (const auto &share : analysis.recall) {
        require_finite(share);
    }
    require_finite(analysis.recall_correlation());
}

void set_feature(AggregationInput &input, int label, int feature, float value) {
    for (PooledSet *set : {&input.fitted, &input.measured}) {
        for (int sample = 0; sample < set->samples(); sample++) {
            if (set->labels[sample] == label) {
                feature_of(*set, sample, feature) = value;
            }
        }
    }
}

}  // namespace

TEST_CASE("rectified features are fitted, and their nodes' divergences are predicted", "[aggregation]") {
    const AggregationAnalysis found = analyze_aggregation(drawn_input(4, 6, 500));
    require_finite(found);
    REQUIRE(found.negative_features == 0);
    REQUIRE(found.channels.size() == 24);
    REQUIRE(found.divergences.size() == 16);
    REQUIRE(found.own_divergences().size() == 4);
    REQUIRE(agreement(found.divergences, Predictor::normal_mixture).pearson.value() > 0.95);
    REQUIRE(found.summary.exponential.value() > found.summary.gamma.value());
    double recalled = 0;
    for (const auto &share : found.recall) {
        recalled += share.value() / 4;
    }
    REQUIRE(recalled > 0.5);
}

TEST_CASE("features that are constant or dead say so", "[aggregation]") {
    AggregationInput input = drawn_input(3, 4, 60);
    set_feature(input, 0, 0, 0);
    set_feature(input, 0, 1, 2);
    set_feature(input, 1, 2, 0);
    set_feature(input, 2, 2, 0);
    const AggregationAnalysis found = analyze_aggregation(input);
    require_finite(found);
    REQUIRE(has(fit_of(found, 0, 0).flags, "dead"));
    REQUIRE(has(fit_of(found, 0, 1).flags, "constant"));
    REQUIRE(has(fit_of(found, 0, 1).flags, "capped"));
    REQUIRE(has(fit_of(found, 0, 2).flags, "dead_elsewhere"));
    REQUIRE(fit_of(found, 0, 2).divergence.value() <= std::log(2 * 120.));
    REQUIRE(fit_of(found, 0, 1).gamma_distance.value() == Approx(0).margin(1e-12));
}

TEST_CASE("classes without samples or with one are left out", "[aggregation]") {
    AggregationInput input = drawn_input(4, 5, 50);
    for (PooledSet *set : {&input.fitted, &input.measured}) {
        bool kept = false;
        for (int &label : set->labels) {
            label = label == 0 ? 1 : label == 2 && std::exchange(kept, true) ? 3 : label;
        }
    }
    const AggregationAnalysis found = analyze_aggregation(input);
    require_finite(found);
    REQUIRE(has(fit_of(found, 0, 0).flags, "empty_class"));
    REQUIRE(has(fit_of(found, 2, 0).flags, "single_sample"));
    REQUIRE_FALSE(found.recall[0].has_value());
    for (const NodeDivergence &divergence : found.divergences) {
        const int label = divergence.pair.label;
        REQUIRE(has(divergence.flags, "empty_class") == (label == 0));
        REQUIRE(has(divergence.flags, "single_sample") == (label == 2));
        REQUIRE(divergence.predicted[0].has_value() == (label == 1 || label == 3));
    }
}

TEST_CASE("a node that does not vary has no divergence", "[aggregation]") {
    AggregationInput input = drawn_input(3, 4, 60);
    input.nodes->weight.col(1).setZero();
    const AggregationAnalysis found = analyze_aggregation(input);
    require_finite(found);
    for (const NodeDivergence &divergence : found.divergences) {
        REQUIRE(has(divergence.flags, "constant_node") == (divergence.pair.node == 1));
        REQUIRE(divergence.predicted[0].has_value() == (divergence.pair.node != 1));
    }
}

TEST_CASE("a node that does not vary in the other classes has no prediction", "[aggregation]") {
    AggregationInput input = drawn_input(3, 4, 60);
    set_feature(input, 1, 0, 2);
    set_feature(input, 2, 0, 2);
    input.nodes->weight.col(0) = Vector::Unit(4, 0);
    const AggregationAnalysis found = analyze_aggregation(input);
    require_finite(found);
    REQUIRE(has(found.divergences.front().flags, "constant_elsewhere"));
    REQUIRE_FALSE(found.divergences.front().predicted[0].has_value());
}

TEST_CASE("negative features have normal distributions only", "[aggregation]") {
    AggregationInput input = drawn_input(3, 4, 60);
    feature_of(input.fitted, 5, 2) = -0.5F;
    const AggregationAnalysis found = analyze_aggregation(input);
    require_finite(found);
    REQUIRE(found.negative_features == 1);
    REQUIRE(has(fit_of(found, 0, 2).flags, "negative"));
    REQUIRE_FALSE(fit_of(found, 0, 2).gamma_distance.has_value());
    REQUIRE(fit_of(found, 0, 2).normal_distance.has_value());
    REQUIRE(fit_of(found, 0, 0).gamma_distance.has_value());
    REQUIRE(analyze_aggregation({input.fitted, input.measured, 3, std::nullopt, false}).divergences.empty());
    const std::vector<Plot> plots = aggregation_plots(input, found, {});
    REQUIRE(plots.size() == 3);
}

TEST_CASE("log-probabilities are analyzed as log-odds", "[aggregation]") {
    AggregationInput input = drawn_input(3, 4, 60);
    for (PooledSet *set : {&input.fitted, &input.measured}) {
        for (int sample = 0; sample < set->samples(); sample++) {
            for (int feature = 0; feature < 4; feature++) {
                float &number = feature_of(*set, sample, feature);
                number = -number;  // some are 0: a probability of 1
            }
        }
    }
    input.log_probabilities = true;
    const AggregationAnalysis found = analyze_aggregation(input);
    require_finite(found);
    REQUIRE(found.negative_features == 4);
    REQUIRE(found.summary.normal.has_value());
}

TEST_CASE("what does not fit together or is no number is refused", "[aggregation]") {
    const auto refused = [](const std::function<void(AggregationInput &)> &spoil,
                            const std::string &sentence) {
        AggregationInput input = drawn_input(3, 4, 20);
        spoil(input);
        REQUIRE_THROWS_WITH(analyze_aggregation(input), Contains(sentence));
    };
    refused([](auto &input) { feature_of(input.measured, 2, 1) = NAN; }, "in sample 2, feature 1");
    refused([](auto &input) { feature_of(input.fitted, 2, 1) = HUGE_VALF; }, "every number must be finite");
    refused([](auto &input) { input.fitted.labels[7] = 3; }, "label of sample 7");
    refused([](auto &input) { input.measured.labels.pop_back(); }, "59 labels");
    refused([](auto &input) { input.measured = drawn_features(3, 5, 20, 2); }, "expected the same");
    refused([](auto &input) { input.nodes = drawn_nodes(5, 3); }, "[4, node]");
    refused([](auto &input) { input.nodes->weight(0, 0) = NAN; }, "must be finite");
    refused([](auto &input) { input.nodes->bias.conservativeResize(2); }, "2 biases");
    refused([](auto &input) { input.classes = 1; }, "2 to 1000");
    refused([](auto &input) { input.nodes = drawn_nodes(4, 300); }, "300 nodes for 3 classes");
}

TEST_CASE("an analysis has its plots", "[aggregation]") {
    const AggregationInput input = drawn_input(3, 4, 60);
    const std::vector<Plot> plots = aggregation_plots(input, analyze_aggregation(input), {"a", "b", "c"});
    REQUIRE(plots.size() == 3);
    REQUIRE_THAT(plots.back().title, Contains("r = 0.") || Contains("r = 1."));
    REQUIRE_THAT(plots.back().x_label, Contains("nats"));
    REQUIRE(plots.back().marks.front().x.size() == 9);
}
