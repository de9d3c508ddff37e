// Aggregation layers on CIFAR-10, whose divergences are small enough to be measured.
#include "experiments/aggregation_network.h"

#include <algorithm>

namespace fsd::experiments {
namespace {

using namespace fsd::analysis;

struct Bounds {
    double correlation = 0.95, error = 0.15, skewed_correlation = 0.97, error_gain = 3;  // A1, A2
    double share = 0.75;                                                                 // A4
};

void judge_nodes(const std::string &name, const AggregationResult &result, Report &report) {
    const Bounds bounds;
    const auto own = result.analysis.own_divergences();
    const Agreement normal = agreement(own, Predictor::normal_mixture),
                    skewed = agreement(own, Predictor::pearson_mixture),
                    independent = agreement(own, Predictor::normal_mixture_independent);
    const double error = normal.relative_error.value_or(1);
    report.criterion({"A1", name + ": P2 r >= 0.95 with a median relative error <= 15 %, P3 r >= 0.97",
                      "r " + fixed(normal.pearson.value_or(0), 3) + ", " + fixed(100 * error, 1) + " %; r " +
                          fixed(skewed.pearson.value_or(0), 3),
                      normal.pearson.value_or(0) >= bounds.correlation && error <= bounds.error &&
                          skewed.pearson.value_or(0) >= bounds.skewed_correlation});
    const double gain = independent.relative_error.value_or(0) / error;
    report.criterion(
        {"A2", name + ": without the features' covariances the median relative error is 3 times as large",
         fixed(gain, 1) + " times", gain >= bounds.error_gain});
    const double share = result.analysis.summary.gamma_wins.value_or(0);
    report.criterion({"A4", name + ": hurdle Gamma closer than the normal in >= 75 % of classes and features",
                      fixed(100 * share, 1) + " %", share >= bounds.share});
}

void run(const Surroundings &surroundings, Report &report) {
    surroundings.progress("decodes the images");
    const Dataset train = load_dataset(surroundings.data + "/cifar10", Split::train, {32, 32, 3}),
                  test = load_dataset(surroundings.data + "/cifar10", Split::test, {32, 32, 3});
    const AggregationNetwork average{"average_pool", 32, 32, 3, {24, 48, 64}, 5, 0.003};
    AggregationNetwork maximum = average;
    maximum.pooling = "max_pool";
    report_method(average, train, test, report);
    const AggregationResult mean = train_and_analyze(average, train, test, surroundings);
    report_aggregation("Average pooling", "average", mean, report);
    const AggregationResult largest = train_and_analyze(maximum, train, test, surroundings);
    report_aggregation("Max pooling", "max", largest, report);
    judge_nodes("average pooling", mean, report);
    judge_nodes("max pooling", largest, report);
    judge_variance(mean, report);
}

}  // namespace

Experiment aggregation_cifar() {
    return {"aggregation_cifar", "Aggregation layers on CIFAR-10", run};
}

}  // namespace fsd::experiments
