// A small convolutional network with one aggregation layer, trained and analyzed.
#pragma once

#include "experiments/experiment.h"
#include "toolkit/analysis/aggregation/aggregation_source.h"
#include "toolkit/datasets/dataset.h"

namespace fsd::experiments {

struct AggregationNetwork {
    std::string pooling;  // the kind of the aggregation layer over the whole map
    int height, width, colors;
    int channels[3];  // of the convolutions 5x5/2, 3x3/2, 3x3
    int epochs;
    double rate;
};

struct AggregationResult {
    analysis::AggregationSource source;
    analysis::AggregationAnalysis analysis;
    double accuracy = 0;  // of the measured samples
    double seconds = 0;   // of training
};

// Trains on `train` and analyzes: distributions are fitted to `train` and compared with `test`.
AggregationResult train_and_analyze(const AggregationNetwork &network, const Dataset &train,
                                    const Dataset &test, const Surroundings &surroundings);

// What was built, fitted and compared, as the page says it.
void report_method(const AggregationNetwork &network, const Dataset &train, const Dataset &test,
                   Report &report);

// Criterion A5: an average's variance follows from its locations and their covariances.
void judge_variance(const AggregationResult &mean, Report &report);

// Tables and pictures of it, under a heading; `stem` is of the pictures' names.
void report_aggregation(const std::string &name, const std::string &stem, const AggregationResult &result,
                        Report &report);

}  // namespace fsd::experiments
