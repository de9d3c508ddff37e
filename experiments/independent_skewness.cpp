// Moments of the fitted samples only.
#include "experiments/independent_skewness.h"

#include "toolkit/analysis/aggregation/correlation.h"

#include <cmath>

namespace fsd::experiments {

using namespace fsd::analysis;

std::optional<double> independent_skewness_correlation(const AggregationInput &input) {
    ClassStatistics statistics(input.classes, input.fitted.width());
    statistics.add(input.fitted.features, input.fitted.labels);
    const NodeStatistics moments =
        node_moments(input.fitted, *input.nodes, node_values(input.fitted, *input.nodes), input.classes);
    std::vector<double> predicted, measured;
    for (int label = 0; label < input.classes; label++) {
        for (int node = 0; node < static_cast<int>(input.nodes->weight.cols()); node++) {
            double cumulant = 0;
            for (int feature = 0; feature < input.fitted.width(); feature++) {
                const FeatureStatistics sums = statistics.of(label, feature);
                const double weight = input.nodes->weight(feature, node);
                cumulant += sums.mean() > 0
                                ? std::pow(weight, 3) * 2 * sums.variance() * sums.variance() / sums.mean()
                                : 0;
            }
            if (moments.variance(label, node) > 0) {
                predicted.push_back(cumulant / std::pow(moments.variance(label, node), 1.5));
                measured.push_back(moments.skewness(label, node));
            }
        }
    }
    return pearson(predicted, measured);
}

}  // namespace fsd::experiments
