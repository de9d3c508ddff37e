// In one dimension the k nearest neighbors of a number are neighbors in the sorted sample.
#include "toolkit/analysis/aggregation/measured_divergence.h"

#include "runtime/error.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr int neighbors = 10, histogram_bins = 40;
constexpr double least_distance = 1e-12, most_ties = 0.01;

// The k-th smallest distance of `x` to the numbers, which are sorted; `place` is where x would stand.
double kth_distance(const std::vector<double> &numbers, double x, std::size_t place, int k) {
    std::size_t below = place, above = place;  // the next ones are numbers[below - 1] and numbers[above]
    double distance = 0;
    for (int found = 0; found < k; found++) {
        const double down = below > 0 ? x - numbers[below - 1] : HUGE_VAL;
        const double up = above < numbers.size() ? numbers[above] - x : HUGE_VAL;
        distance = std::min(down, up);
        down <= up ? below-- : above++;
    }
    return std::max(distance, least_distance);
}

double share_of_ties(const std::vector<double> &sorted) {
    std::size_t ties = 0;
    for (std::size_t i = 0; i < sorted.size(); i++) {
        const bool before = i > 0 && sorted[i] == sorted[i - 1];
        const bool behind = i + 1 < sorted.size() && sorted[i] == sorted[i + 1];
        ties += before || behind ? 1 : 0;
    }
    return static_cast<double>(ties) / static_cast<double>(sorted.size());
}

std::vector<double> counts(const std::vector<double> &numbers, double low, double width, int bins) {
    std::vector<double> found(bins);
    for (const double number : numbers) {
        const double position = width > 0 ? (number - low) / width : 0;
        found[static_cast<std::size_t>(std::clamp(position, 0., bins - 1.))]++;
    }
    return found;
}

}  // namespace

double nearest_neighbor_divergence(const std::vector<double> &f, const std::vector<double> &g, int k) {
    if (k < 1 || f.size() <= static_cast<std::size_t>(k) || g.size() < static_cast<std::size_t>(k)) {
        throw Error(ExitCode::bad_input, text("The divergence by ", k, " nearest neighbors needs more than ",
                                              k, " numbers of the one sample and ", k,
                                              " of the other; found ", f.size(), " and ", g.size(), "."));
    }
    double sum = 0;
    std::size_t place = 0;
    for (std::size_t i = 0; i < f.size(); i++) {
        while (place < g.size() && g[place] < f[i]) {
            place++;
        }
        // The number itself is the nearest one of its own sample, at distance 0.
        sum += std::log(kth_distance(g, f[i], place, k) / kth_distance(f, f[i], i, k + 1));
    }
    const auto n = static_cast<double>(f.size()), m = static_cast<double>(g.size());
    return sum / n + std::log(m / (n - 1));
}

double histogram_divergence(const std::vector<double> &f, const std::vector<double> &g, int bins) {
    if (f.empty() || g.empty() || bins < 1) {
        throw Error(ExitCode::bad_input, text("A histogram's divergence needs numbers and bins; found ",
                                              f.size(), " and ", g.size(), " numbers and ", bins, " bins."));
    }
    const double low = std::min(f.front(), g.front()), width = (std::max(f.back(), g.back()) - low) / bins;
    const std::vector<double> of_f = counts(f, low, width, bins), of_g = counts(g, low, width, bins);
    const auto n = static_cast<double>(f.size()), m = static_cast<double>(g.size()) + 0.5 * bins;
    double sum = 0;
    for (int bin = 0; bin < bins; bin++) {
        const double p = of_f[bin] / n, q = (of_g[bin] + 0.5) / m;
        sum += p > 0 ? p * std::log(p / q) : 0;
    }
    return std::max(0., sum);
}

double saturation_limit(std::size_t count) {
    return 0.37 * std::log(static_cast<double>(std::max<std::size_t>(count, neighbors)) / neighbors);
}

MeasuredDivergence measured_divergence(const std::vector<double> &f, const std::vector<double> &g) {
    MeasuredDivergence result;
    result.measured = f.size() > neighbors && g.size() >= neighbors;
    if (!result.measured) {
        return result;
    }
    result.histogram = share_of_ties(f) > most_ties;
    result.nats = result.histogram ? histogram_divergence(f, g, histogram_bins)
                                   : nearest_neighbor_divergence(f, g, neighbors);
    result.saturated = result.nats > saturation_limit(g.size());
    return result;
}

}  // namespace fsd::analysis
