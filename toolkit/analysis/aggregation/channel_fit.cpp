// Fits from sums, distances from sorted samples.
#include "toolkit/analysis/aggregation/channel_fit.h"

#include "toolkit/analysis/aggregation/kolmogorov_smirnov.h"

#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double most_likelihood_shape = 2;

struct Fit {
    HurdleGamma gamma;
    bool maximum_likelihood = false;
};

Fit fit_of(const FeatureStatistics &sums) {
    const double positives = sums.count - sums.zeros;
    if (positives > 1) {
        const HurdleGamma likely =
            hurdle_gamma_of_logarithms(sums.sum / positives, sums.log_sum / positives, sums.zero_share());
        if (likely.form == HurdleGamma::Form::gamma && likely.positive.shape < most_likelihood_shape) {
            return {likely, true};
        }
    }
    return {hurdle_gamma_of_moments(sums.mean(), sums.variance(), sums.zero_share())};
}

// The class's numbers of a feature, sorted.
std::vector<double> sorted(const PooledSet &set, int label, int feature) {
    std::vector<double> numbers;
    for (int sample = 0; sample < set.samples(); sample++) {
        if (set.labels[sample] == label) {
            numbers.push_back(set.row(sample)[feature]);
        }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

void measure(ChannelFit &fit, bool nonnegative, const std::vector<double> &numbers) {
    if (numbers.empty()) {
        return;
    }
    if (fit.variance > 0) {
        const double deviation = std::sqrt(fit.variance);
        fit.normal_distance = kolmogorov_smirnov(
            numbers, [&](double x) { return 0.5 * std::erfc((fit.mean - x) / deviation / M_SQRT2); });
    }
    if (!nonnegative) {
        return;
    }
    fit.gamma_distance = kolmogorov_smirnov(
        numbers, [&](double x) { return fit.gamma.cumulative(x); },
        [&](double x) { return fit.gamma.cumulative_below(x); });
    if (fit.mean > 0) {
        fit.exponential_distance =
            kolmogorov_smirnov(numbers, [&](double x) { return x > 0 ? -std::expm1(-x / fit.mean) : 0; });
    }
}

void compare_with_others(ChannelFit &fit, const FeatureStatistics &others) {
    if (others.count < 2) {
        return;
    }
    if (others.zeros == others.count && fit.zero_share < 1) {
        fit.flags.emplace_back("dead_elsewhere");
    }
    const Divergence found =
        hurdle_divergence(fit.gamma, fit_of(others).gamma, static_cast<int>(others.count));
    fit.divergence = found.nats;
    if (found.capped) {
        fit.flags.emplace_back("capped");
    }
}

ChannelFit fit_of(const ClassStatistics &fitted, int label, int feature, bool nonnegative) {
    const FeatureStatistics sums = fitted.of(label, feature);
    ChannelFit fit;
    fit.label = label;
    fit.feature = feature;
    fit.mean = sums.mean();
    fit.variance = sums.variance();
    fit.zero_share = sums.zero_share();
    if (sums.count < 2) {
        fit.flags.emplace_back(sums.count < 1 ? "empty_class" : "single_sample");
        return fit;
    }
    if (fit.zero_share == 1) {
        fit.flags.emplace_back("dead");
    } else if (fit.variance == 0) {
        fit.flags.emplace_back("constant");
    }
    if (!nonnegative) {
        fit.flags.emplace_back("negative");
        return fit;
    }
    const Fit found = fit_of(sums);
    fit.gamma = found.gamma;
    fit.maximum_likelihood = found.maximum_likelihood;
    compare_with_others(fit, fitted.of_others(label, feature));
    return fit;
}

}  // namespace

std::vector<ChannelFit> channel_fits(const ClassStatistics &fitted, const std::vector<bool> &nonnegative,
                                     const PooledSet &measured) {
    std::vector<ChannelFit> fits;
    for (int label = 0; label < fitted.classes(); label++) {
        for (int feature = 0; feature < fitted.features(); feature++) {
            fits.push_back(fit_of(fitted, label, feature, nonnegative[feature]));
            if (fitted.count(label) >= 2) {
                measure(fits.back(), nonnegative[feature], sorted(measured, label, feature));
            }
        }
    }
    return fits;
}

}  // namespace fsd::analysis
