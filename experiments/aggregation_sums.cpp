// Sums of rectified normal numbers: how close hurdle Gamma, Gamma and normal distributions come.
#include "experiments/experiment.h"
#include "experiments/rectified_sum.h"
#include "toolkit/analysis/aggregation/hurdle_gamma.h"
#include "toolkit/analysis/aggregation/kolmogorov_smirnov.h"
#include "toolkit/analysis/aggregation/pearson3.h"

namespace fsd::experiments {
namespace {

using analysis::HurdleGamma;
using analysis::kolmogorov_smirnov;

constexpr int samples_per_setting = 20000, bins = 40;
constexpr double most_distance = 0.04;

double distance(const RectifiedSamples &samples, const HurdleGamma &fit) {
    return kolmogorov_smirnov(
        samples.sums, [&](double x) { return fit.cumulative(x); },
        [&](double x) { return fit.cumulative_below(x); });
}

double normal_distance(const RectifiedSamples &samples) {
    return kolmogorov_smirnov(samples.sums, [&](double x) {
        return 0.5 * std::erfc((samples.mean - x) / std::sqrt(2 * samples.variance));
    });
}

Plot plot_of(const RectifiedSum &setting, const RectifiedSamples &samples, const HurdleGamma &fit) {
    const double width = samples.sums.back() / bins;
    Marks bars{"drawn", Mark::bars, {}, {}}, gamma{"hurdle Gamma", Mark::line, {}, {}};
    for (int bin = 0; bin < bins; bin++) {
        const auto from = std::upper_bound(samples.sums.begin(), samples.sums.end(), bin * width),
                   to = std::upper_bound(samples.sums.begin(), samples.sums.end(), (bin + 1) * width);
        bars.x.push_back(bin * width);
        bars.y.push_back(static_cast<double>(to - from) / (samples_per_setting * width));
        gamma.x.push_back((bin + 0.5) * width);
        gamma.y.push_back((1 - fit.zero) * std::exp(fit.positive.log_density(gamma.x.back())));
    }
    return {"mean " + fixed(setting.mean, 0) + ", correlation " + fixed(setting.correlation, 1) + ": zeros " +
                fixed(100 * samples.zeros, 1) + " %",
            "sum over 49 locations",
            "density",
            {bars, gamma}};
}

void run(const Surroundings &, Report &report) {
    report.paragraph(
        "49 normal numbers in a row, each correlated with its neighbor, are rectified and added, " +
        std::to_string(samples_per_setting) +
        " times: the Kolmogorov-Smirnov distance of the sums from distributions with their mean, variance "
        "and share of zeros. *Independent*: the variance of 49 independent locations instead.");
    std::vector<std::vector<std::string>> rows;
    std::vector<Plot> plots;
    double worst = 0;
    for (const RectifiedSum &setting : rectified_sums) {
        const RectifiedSamples samples = draw(setting, samples_per_setting);
        const HurdleGamma fit = analysis::hurdle_gamma_of_moments(samples.mean, samples.variance,
                                                                  samples.zeros),
                          plain = analysis::hurdle_gamma_of_moments(samples.mean, samples.variance, 0),
                          independent = analysis::hurdle_gamma_of_moments(samples.mean,
                                                                          samples.independent_variance, 0);
        worst = std::max(worst, distance(samples, fit));
        rows.push_back({fixed(setting.mean, 0), fixed(setting.correlation, 1), fixed(samples.zeros, 3),
                        fixed(distance(samples, fit), 4), fixed(distance(samples, plain), 4),
                        fixed(distance(samples, independent), 4), fixed(normal_distance(samples), 4)});
        if (setting.correlation == 0.9) {
            plots.push_back(plot_of(setting, samples, fit));
        }
    }
    report.table({"mean", "correlation", "zeros", "hurdle Gamma", "Gamma", "Gamma, independent", "normal"},
                 rows);
    report.picture("fits", "The three settings with the strongest correlation: the sums above 0.", plots);
    report.criterion(
        {"A6", "hurdle Gamma from mean, variance and zeros: distance at most 0.04 in all seven settings",
         "worst " + fixed(worst, 4), worst <= most_distance});
}

}  // namespace

Experiment aggregation_sums() {
    return {"aggregation_sums", "Sums of rectified, correlated numbers are nearly hurdle Gamma", run};
}

}  // namespace fsd::experiments
