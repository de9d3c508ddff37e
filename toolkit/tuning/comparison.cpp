// Bootstrap intervals of medians of paired ratios.
#include "toolkit/tuning/comparison.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace fsd::tuning {
namespace {

constexpr int resamples = 1000;

using Values = std::vector<double>;

Values log_ratios(const Timings &timings) {
    Values logs;
    for (std::size_t i = 0; i < timings.best.size(); i++) {
        logs.push_back(std::log(timings.candidate[i] / timings.best[i]));
    }
    return logs;
}

double resampled_median(const Values &values, std::mt19937 &random) {
    Values drawn(values.size());
    for (double &value : drawn) {
        value = values[random() % values.size()];
    }
    return median(std::move(drawn));
}

// 99 % of `drawn` around `middle`, as ratios.
Ratio interval(double middle, Values drawn) {
    std::sort(drawn.begin(), drawn.end());
    const std::size_t cut = drawn.size() / 200;
    return {std::exp(drawn[cut]), std::exp(middle), std::exp(drawn[drawn.size() - 1 - cut])};
}

}  // namespace

double median(std::vector<double> values) {
    const std::size_t half = values.size() / 2;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half), values.end());
    if (values.size() % 2 == 1) {
        return values[half];
    }
    return (values[half] +
            *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half))) /
           2;
}

Comparison compare(const std::vector<Timings> &shapes) {
    Comparison comparison;
    std::mt19937 random(1);
    Values means(resamples, 0.0);
    double mean = 0;
    for (const Timings &timings : shapes) {
        const Values logs = log_ratios(timings);
        Values drawn;
        for (double &resampled_mean : means) {
            drawn.push_back(resampled_median(logs, random));
            resampled_mean += drawn.back() / static_cast<double>(shapes.size());
        }
        const double middle = median(logs);
        mean += middle / static_cast<double>(shapes.size());
        comparison.shapes.push_back(interval(middle, std::move(drawn)));
    }
    comparison.all = interval(mean, std::move(means));
    comparison.better = comparison.all.high < 1 - unseen_noise &&
                        std::all_of(comparison.shapes.begin(), comparison.shapes.end(),
                                    [](const Ratio &ratio) { return ratio.low <= 1 + unseen_noise; });
    return comparison;
}

}  // namespace fsd::tuning
