// Case of batch_norm.
#include "cases/channels.h"
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

struct Moments {
    double mean = 0, variance = 0, magnitude = 0;
};

Moments moments(const Values &z, int channel) {
    const int sites = z.shape[0];
    Moments found;
    for (int site = 0; site < sites; site++) {
        found.mean += z(site, channel) / sites;
        found.magnitude += std::fabs(z(site, channel)) / sites;
    }
    for (int site = 0; site < sites; site++) {
        found.variance += std::pow(z(site, channel) - found.mean, 2) / sites;
    }
    return found;
}

// Mean and variance are float64 sums, rounded once. A normalized number has the rounding of the mean, of the
// difference (half an epsilon each), of the slope (one for the variance under the root and for itself), of
// the product and of the sum.
void reference(Problem &problem) {
    const Values &z = problem["preactivation"];
    const int channels = problem.extent("channel"), sites = problem.extent("site");
    Values &mean = problem.output("mean", {channels});
    Values &variance = problem.output("variance", {channels});
    Values &normalized = problem.output("normalized", z.shape);
    for (int channel = 0; channel < channels; channel++) {
        const Moments found = moments(z, channel);
        mean(channel) = found.mean;
        variance(channel) = found.variance;
        const double mean_error = 0.5 * epsilon * std::fabs(found.mean) + sum_error(problem, found.magnitude);
        allow_error(problem, "mean", mean_error);
        allow_error(problem, "variance",
                    0.5 * epsilon * found.variance + sum_error(problem, found.variance) +
                        std::pow(sum_error(problem, found.magnitude), 2));
        const double slope =
            problem["scale"](channel) / std::sqrt(found.variance + problem.scalars.at("epsilon"));
        for (int site = 0; site < sites; site++) {
            const double product = (z(site, channel) - found.mean) * slope;
            const double result = product + problem["shift"](channel);
            normalized(site, channel) = result;
            allow_error(problem, "normalized",
                        mean_error * std::fabs(slope) +
                            epsilon * (2 * std::fabs(product) + 0.5 * std::fabs(result)));
        }
    }
}

const CaseOf batch_norm{{
    "batch_norm",
    {{"preactivation", Domain::logits}, {"scale", Domain::gradient}, {"shift", Domain::gradient}},
    {{"epsilon", 1e-5f}},
    channel_shapes(),
    channel_bench_shapes(),
    reference,
    allowed_error_of_output,
    per_element("preactivation", 7, 16),
    spread_channels,
}};

}  // namespace
}  // namespace fsd::testing
