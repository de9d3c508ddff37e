// conv 5x5/2 - conv 3x3/2 - conv 3x3, each with relu, aggregation, linear.
#include "experiments/aggregation_network.h"

#include "experiments/independent_skewness.h"
#include "runtime/error.h"
#include "toolkit/analysis/aggregation/aggregation_plots.h"
#include "toolkit/training/trainer.h"

#include <chrono>
#include <cmath>

namespace fsd::experiments {
namespace {

using namespace fsd::analysis;

Layer convolution(const std::string &name, int window, int stride, int channels) {
    return {"conv",
            name,
            {{"window_y", window},
             {"window_x", window},
             {"stride_y", stride},
             {"stride_x", stride},
             {"padding_y", window / 2},
             {"padding_x", window / 2},
             {"channels", channels}}};
}

Model description_of(const AggregationNetwork &network, int classes) {
    Model model;
    model.input = {network.height, network.width, network.colors, InputKind::real};
    const int map_y = (network.height + 3) / 4, map_x = (network.width + 3) / 4;
    const Layer relu{"relu", "", {}};
    model.layers = {convolution("strokes", 5, 2, network.channels[0]),
                    relu,
                    convolution("parts", 3, 2, network.channels[1]),
                    relu,
                    convolution("features", 3, 1, network.channels[2]),
                    relu,
                    {network.pooling,
                     "",
                     {{"pool_window_y", map_y},
                      {"pool_window_x", map_x},
                      {"pool_stride_y", map_y},
                      {"pool_stride_x", map_x}}},
                    {"linear", "classes", {{"channels", classes}}},
                    {"log_softmax", "", {}}};
    return model;
}

Model trained(const AggregationNetwork &network, const Dataset &data, const Surroundings &surroundings) {
    TrainingOptions options;
    options.epochs = network.epochs;
    options.rate = network.rate;
    Trainer trainer(description_of(network, static_cast<int>(data.classes.size())), data, options);
    while (!trainer.finished()) {
        trainer.run_step();
        if (trainer.step() % trainer.steps_per_epoch() == 0) {
            const EpochRecord &epoch = trainer.history().back();
            surroundings.progress(text(network.pooling, ", epoch ", trainer.history().size(), " of ",
                                       network.epochs, ": training accuracy ", fixed(epoch.accuracy, 4)));
        }
    }
    return trainer.model();
}

double accuracy_of(const AggregationAnalysis &analysis, const std::vector<int> &labels) {
    double right = 0;
    for (const int label : labels) {
        right += analysis.recall[label].value_or(0);
    }
    return right / static_cast<double>(labels.size());
}

std::string shown(const std::optional<double> &number, int digits) {
    return number ? fixed(*number, digits) : "-";
}

const char *title_of(Predictor predictor) {
    switch (predictor) {
    case Predictor::normal:
        return "P1 normal";
    case Predictor::gamma:
        return "P1g Gamma";
    case Predictor::normal_mixture_bound:
        return "P2' bound of P2";
    case Predictor::normal_mixture_independent:
        return "P2, features independent";
    case Predictor::normal_mixture:
        return "P2 normal mixture";
    default:
        return "P3 Pearson III mixture";
    }
}

void report_predictors(const AggregationAnalysis &analysis, Report &report) {
    std::vector<std::vector<std::string>> rows;
    for (const Predictor predictor : all_predictors) {
        const Agreement own = agreement(analysis.own_divergences(), predictor),
                        all = agreement(analysis.divergences, predictor);
        rows.push_back(
            {title_of(predictor), shown(own.pearson, 3), shown(own.spearman, 3),
             shown(own.relative_error ? std::optional<double>(100 * *own.relative_error) : std::nullopt, 1) +
                 " %",
             shown(all.pearson, 4), shown(all.difference, 3)});
    }
    report.table({"predictor", "r, 10 own nodes", "Spearman", "median relative error", "r, 100 pairs",
                  "median difference, nats"},
                 rows);
}

void report_classes(const AggregationResult &result, Report &report) {
    std::vector<std::vector<std::string>> rows;
    for (const NodeDivergence &divergence : result.analysis.own_divergences()) {
        const auto at = [&](Predictor predictor) {
            return shown(divergence.predicted[static_cast<std::size_t>(predictor)], 3);
        };
        std::string flags;
        for (const std::string &flag : divergence.flags) {
            flags += (flags.empty() ? "" : ", ") + flag;
        }
        rows.push_back({result.source.classes[divergence.pair.label], shown(divergence.measured, 3),
                        at(Predictor::normal), at(Predictor::normal_mixture), at(Predictor::pearson_mixture),
                        shown(result.analysis.recall[divergence.pair.label], 3), flags});
    }
    report.table({"class", "measured, nats", "P1", "P2", "P3", "recall", "flags"}, rows);
    report.paragraph("Correlation of a node's measured divergence with the recall of its class: r = " +
                     shown(result.analysis.recall_correlation(), 3) + ".");
}

void report_features(const AggregationResult &result, Report &report) {
    const ChannelSummary &summary = result.analysis.summary;
    report.paragraph(
        "Pooled features, " + std::to_string(result.analysis.features) +
        " in each class: median Kolmogorov-Smirnov "
        "distance of the hurdle Gamma " +
        shown(summary.gamma, 4) + ", of the normal " + shown(summary.normal, 4) +
        ", of the exponential distribution " + shown(summary.exponential, 4) +
        "; the hurdle Gamma is closer than the normal in " +
        shown(summary.gamma_wins ? std::optional<double>(100 * *summary.gamma_wins) : std::nullopt, 1) +
        " % of the pairs.");
    if (result.source.spatial) {
        report.paragraph(
            "Variance of the averages, absolute log ratio to that of the test samples, median: " +
            shown(result.source.spatial->with_covariances, 3) + " from the locations' covariances, " +
            shown(result.source.spatial->independent, 3) + " from independent locations.");
    }
}

// What does not work, or says little.
void report_failures(const AggregationResult &result, Report &report) {
    const auto own = result.analysis.own_divergences();
    const auto r = [&](Predictor predictor) { return shown(agreement(own, predictor).pearson, 2); };
    report.paragraph("What does not follow: the skewness of the nodes from independent Gamma features, r = " +
                     shown(independent_skewness_correlation(result.source.input), 2) +
                     " over the 100 pairs. Over the classes at their own nodes one normal distribution for "
                     "all others (P1) "
                     "predicts divergences with r = " +
                     r(Predictor::normal) + ", one Gamma distribution (P1g) with " + r(Predictor::gamma) +
                     ", the mixture of normals (P2) with " + r(Predictor::normal_mixture) +
                     ", skewness included (P3) with " + r(Predictor::pearson_mixture) + ".");
}

}  // namespace

AggregationResult train_and_analyze(const AggregationNetwork &network, const Dataset &train,
                                    const Dataset &test, const Surroundings &surroundings) {
    const auto start = std::chrono::steady_clock::now();
    const Model model = trained(network, train, surroundings);
    AggregationResult result;
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.source = aggregation_of_network(model, train, test);
    result.analysis = analyze_aggregation(result.source.input);
    add_findings(result.source, result.analysis);
    result.accuracy = accuracy_of(result.analysis, result.source.input.measured.labels);
    surroundings.progress(text(network.pooling, ": test accuracy ", fixed(result.accuracy, 4)));
    return result;
}

void report_aggregation(const std::string &name, const std::string &stem, const AggregationResult &result,
                        Report &report) {
    report.heading(name);
    report.paragraph("Test accuracy " + fixed(100 * result.accuracy, 2) + " %.");
    report_predictors(result.analysis, report);
    report_classes(result, report);
    report_features(result, report);
    report.picture(
        stem, name + ": fits of the median and the 90th percentile; divergences of all classes at all nodes",
        aggregation_plots(result.source.input, result.analysis, result.source.classes));
    report_failures(result, report);
    std::string notes;
    for (const std::string &sentence : result.source.notes) {
        notes += (notes.empty() ? "" : " ") + sentence;
    }
    if (!notes.empty()) {
        report.paragraph(notes);
    }
}

void report_method(const AggregationNetwork &network, const Dataset &train, const Dataset &test,
                   Report &report) {
    report.paragraph(text("A network conv 5x5/2 (", network.channels[0], ") - conv 3x3/2 (",
                          network.channels[1], ") - conv 3x3 (", network.channels[2],
                          "), each with relu, then one aggregation over the whole map and a linear layer. "
                          "Distributions are fitted to the ",
                          train.count(), " training images and compared with the ", test.count(),
                          " test images. A class's values at its node against all others': predicted from "
                          "moments (P1 to P3, docs/analysis.md), measured by nearest neighbors."));
}

void judge_variance(const AggregationResult &mean, Report &report) {
    constexpr double most_log_ratio = 0.1, least_gain = 10;
    const double with = mean.source.spatial->with_covariances.value_or(1),
                 independent = mean.source.spatial->independent.value_or(0);
    report.criterion(
        {"A5", "variance of the averages: absolute log ratio <= 0.1, and 10 times that without covariances",
         fixed(with, 3) + ", without " + fixed(independent, 3),
         with <= most_log_ratio && independent >= least_gain * with});
}

}  // namespace fsd::experiments
