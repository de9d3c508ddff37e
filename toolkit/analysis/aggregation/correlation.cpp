// Sums in two passes, the means first.
#include "toolkit/analysis/aggregation/correlation.h"

#include "runtime/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd::analysis {
namespace {

double mean(const std::vector<double> &numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.) / static_cast<double>(numbers.size());
}

std::vector<double> ranks(const std::vector<double> &numbers) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
    std::vector<double> rank(numbers.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && numbers[order[end]] == numbers[order[first]]) {
            end++;
        }
        for (std::size_t i = first; i < end; i++) {
            rank[order[i]] = 0.5 * static_cast<double>(first + end - 1);
        }
        first = end;
    }
    return rank;
}

bool finite(const std::vector<double> &numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [](double number) { return std::isfinite(number); });
}

}  // namespace

std::optional<double> pearson(const std::vector<double> &x, const std::vector<double> &y) {
    if (x.size() != y.size()) {
        throw Error(ExitCode::bad_input,
                    text("A correlation is of pairs; found ", x.size(), " and ", y.size(), " numbers."));
    }
    if (x.size() < 2 || !finite(x) || !finite(y)) {
        return std::nullopt;
    }
    const double mean_x = mean(x), mean_y = mean(y);
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); i++) {
        const double dx = x[i] - mean_x, dy = y[i] - mean_y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    const double scale = std::sqrt(xx) * std::sqrt(yy);
    if (!(scale > 0) || !std::isfinite(scale)) {
        return std::nullopt;
    }
    return std::clamp(xy / scale, -1., 1.);
}

std::optional<double> spearman(const std::vector<double> &x, const std::vector<double> &y) {
    return finite(x) && finite(y) ? pearson(ranks(x), ranks(y)) : std::nullopt;
}

std::optional<double> median_of(std::vector<double> numbers) {
    if (numbers.empty()) {
        return std::nullopt;
    }
    std::sort(numbers.begin(), numbers.end());
    const std::size_t half = numbers.size() / 2;
    return numbers.size() % 2 == 1 ? numbers[half] : 0.5 * (numbers[half - 1] + numbers[half]);
}

}  // namespace fsd::analysis
