// Case of node_moments.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

struct Sums {
    double mean = 0, variance = 0, independent = 0, mean_magnitude = 0, variance_magnitude = 0;
};

Sums sums_of(const Problem &problem, int clas, int node) {
    const Values &weight = problem["node_weight"], &covariance = problem["class_covariance"];
    const int features = problem.extent("feature");
    Sums sums;
    sums.mean = problem["node_bias"](node);
    sums.mean_magnitude = std::fabs(sums.mean);
    for (int i = 0; i < features; i++) {
        const double term = weight(i, node) * problem["class_mean"](clas, i);
        sums.mean += term;
        sums.mean_magnitude += std::fabs(term);
        sums.independent += weight(i, node) * weight(i, node) * covariance(clas, i, i);
        for (int j = 0; j < features; j++) {
            const double part = weight(i, node) * covariance(clas, i, j) * weight(j, node);
            sums.variance += part;
            sums.variance_magnitude += std::fabs(part);
        }
    }
    return sums;
}

// Float64 sums over the features, nested for the variance.
void reference(Problem &problem) {
    const int classes = problem.extent("class"), nodes = problem.extent("node");
    const double roundings = 2 * (problem.extent("feature") + 2) * double_epsilon;
    problem.output("node_mean", {classes, nodes});
    problem.output("node_variance", {classes, nodes});
    problem.output("node_variance_independent", {classes, nodes});
    for (int clas = 0; clas < classes; clas++) {
        for (int node = 0; node < nodes; node++) {
            const Sums sums = sums_of(problem, clas, node);
            problem.tensors.at("node_mean")(clas, node) = sums.mean;
            problem.tensors.at("node_variance")(clas, node) = sums.variance;
            problem.tensors.at("node_variance_independent")(clas, node) = sums.independent;
            allow_error(problem, "node_mean", roundings * sums.mean_magnitude);
            allow_error(problem, "node_variance", roundings * sums.variance_magnitude);
            allow_error(problem, "node_variance_independent", roundings * sums.variance_magnitude);
        }
    }
}

Work work(const Problem &problem) {
    const double features = problem.extent("feature"), nodes = problem.extent("node"),
                 classes = problem.extent("class");
    return {2 * classes * nodes * features * (features + 4), 8 * classes * features * (features + 1)};
}

const CaseOf node_moments{{
    "node_moments",
    {{"class_mean", Domain::logits},
     {"class_covariance", Domain::gradient},
     {"node_weight", Domain::gradient},
     {"node_bias", Domain::gradient}},
    {},
    {
        {{"class", 1}, {"feature", 1}, {"node", 1}},
        {{"class", 3}, {"feature", 7}, {"node", 2}},
        {{"class", 2}, {"feature", 16}, {"node", 8}},
        {{"class", 10}, {"feature", 33}, {"node", 10}},
        {{"class", 1}, {"feature", 65}, {"node", 17}},
    },
    {{{"class", 10}, {"feature", 64}, {"node", 10}}, {{"class", 10}, {"feature", 512}, {"node", 10}}},
    reference,
    allowed_error_of_output,
    work,
}};

}  // namespace
}  // namespace fsd::testing
