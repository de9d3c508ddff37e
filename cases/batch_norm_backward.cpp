// Case of batch_norm_backward.
#include "cases/channels.h"
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// What the sums over the sites of a channel leave for each site.
struct Corrections {
    double d_shift = 0, d_scale = 0, magnitude = 0;
};

Corrections corrections(const Problem &problem, int channel, double inverse) {
    Corrections sums;
    for (int site = 0; site < problem.extent("site"); site++) {
        const double d = problem["d_normalized"](site, channel);
        const double x = (problem["preactivation"](site, channel) - problem["mean"](channel)) * inverse;
        sums.d_shift += d;
        sums.d_scale += d * x;
        sums.magnitude += std::fabs(d) * std::max(1., std::fabs(x));
    }
    return sums;
}

// The sums are float64, rounded once. A gradient has half an epsilon of the common part and of the difference
// from it, three of the share (z - mean is rounded, the share, their product), one of the last difference,
// and two of the product with the slope.
void reference(Problem &problem) {
    const Values &z = problem["preactivation"], &mean = problem["mean"];
    const int channels = problem.extent("channel"), sites = problem.extent("site");
    Values &d_preactivation = problem.output("d_preactivation", z.shape);
    Values &d_scale = problem.output("d_scale", {channels});
    Values &d_shift = problem.output("d_shift", {channels});
    for (int channel = 0; channel < channels; channel++) {
        const double inverse = 1 / std::sqrt(problem["variance"](channel) + problem.scalars.at("epsilon"));
        const double slope = problem["scale"](channel) * inverse;
        const Corrections sums = corrections(problem, channel, inverse);
        d_scale(channel) = sums.d_scale;
        d_shift(channel) = sums.d_shift;
        const double error = sum_error(problem, sums.magnitude);
        allow_error(problem, "d_scale", 0.5 * epsilon * std::fabs(sums.d_scale) + error);
        allow_error(problem, "d_shift", 0.5 * epsilon * std::fabs(sums.d_shift) + error);
        const double common = sums.d_shift / sites;
        for (int site = 0; site < sites; site++) {
            const double own = problem["d_normalized"](site, channel) - common;
            const double share = (z(site, channel) - mean(channel)) * inverse * sums.d_scale / sites;
            const double rest = own - share;
            d_preactivation(site, channel) = slope * rest;
            allow_error(problem, "d_preactivation",
                        std::fabs(slope) * (epsilon * (0.5 * std::fabs(common) + 0.5 * std::fabs(own) +
                                                       1.5 * std::fabs(share) + 1.5 * std::fabs(rest)) +
                                            error));
        }
    }
}

// The statistics that batch_norm gives, rounded to float32.
void add_statistics(Problem &problem) {
    spread_channels(problem);
    Problem forward = problem;
    forward.tensors["shift"] = problem["scale"];
    case_of("batch_norm").reference(forward);
    for (const char *name : {"mean", "variance"}) {
        Values &values = problem.tensors[name] = forward[name];
        std::copy_n(std::vector<float>(values.data.begin(), values.data.end()).begin(), values.data.size(),
                    values.data.begin());
    }
}

const CaseOf batch_norm_backward{{
    "batch_norm_backward",
    {{"preactivation", Domain::logits},
     {"mean", Domain::gradient},
     {"variance", Domain::positive},
     {"scale", Domain::gradient},
     {"d_normalized", Domain::gradient}},
    {{"epsilon", 1e-5f}},
    channel_shapes(),
    channel_bench_shapes(),
    reference,
    allowed_error_of_output,
    per_element("preactivation", 9, 20),
    add_statistics,
}};

}  // namespace
}  // namespace fsd::testing
