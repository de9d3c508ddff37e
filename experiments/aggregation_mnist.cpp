// Aggregation layers on MNIST: the divergences are so large that the tails of the distributions decide.
#include "experiments/aggregation_network.h"

namespace fsd::experiments {
namespace {

using namespace fsd::analysis;

constexpr double least_correlation = 0.95, least_rank_correlation = 0.8, most_difference = 0.015;

void judge(const AggregationResult &mean, Report &report) {
    const Agreement pairs = agreement(mean.analysis.divergences, Predictor::normal_mixture),
                    own = agreement(mean.analysis.own_divergences(), Predictor::pearson_mixture);
    report.criterion(
        {"A3", "average pooling: P2 over all 100 pairs r >= 0.95, P3 over the 10 own nodes Spearman >= 0.8",
         "r " + fixed(pairs.pearson.value_or(0), 3) + ", Spearman " + fixed(own.spearman.value_or(0), 3),
         pairs.pearson.value_or(0) >= least_correlation &&
             own.spearman.value_or(0) >= least_rank_correlation});
    const ChannelSummary &summary = mean.analysis.summary;
    report.criterion(
        {"A4", "pooled features: median distance of the hurdle Gamma within 0.015 of the normal's",
         fixed(summary.gamma.value_or(1), 3) + ", normal " + fixed(summary.normal.value_or(0), 3),
         summary.gamma.value_or(1) <= summary.normal.value_or(0) + most_difference});
}

void run(const Surroundings &surroundings, Report &report) {
    const Dataset train = load_dataset(surroundings.data + "/mnist", Split::train),
                  test = load_dataset(surroundings.data + "/mnist", Split::test);
    const AggregationNetwork average{"average_pool", 28, 28, 1, {16, 32, 64}, 2, 0.003};
    AggregationNetwork maximum = average;
    maximum.pooling = "max_pool";
    report_method(average, train, test, report);
    const AggregationResult mean = train_and_analyze(average, train, test, surroundings);
    report_aggregation("Average pooling", "average", mean, report);
    report_aggregation("Max pooling", "max", train_and_analyze(maximum, train, test, surroundings), report);
    judge(mean, report);
    judge_variance(mean, report);
}

}  // namespace

Experiment aggregation_mnist() {
    return {"aggregation_mnist", "Aggregation layers on MNIST", run};
}

}  // namespace fsd::experiments
