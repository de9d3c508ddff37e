// The standard library's distributions differ between implementations; its engine does not.
#include "toolkit/analysis/features/resampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace fsd::analysis {
namespace {

double quantile(const std::vector<double> &sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::optional<Band> band_of(std::vector<double> draws) {
    if (draws.empty()) {
        return std::nullopt;
    }
    std::sort(draws.begin(), draws.end());
    const double mean = std::accumulate(draws.begin(), draws.end(), 0.) / static_cast<double>(draws.size());
    return Band{mean, quantile(draws, 0.025), quantile(draws, 0.975), static_cast<int>(draws.size())};
}

std::vector<int> Resampler::permuted(std::vector<int> numbers) {
    for (std::size_t i = numbers.size(); i > 1; i--) {
        std::swap(numbers[i - 1], numbers[random_() % i]);
    }
    return numbers;
}

std::vector<int> Resampler::drawn(int count) {
    std::vector<int> indices(static_cast<std::size_t>(count));
    for (int &index : indices) {
        index = static_cast<int>(random_() % static_cast<std::uint64_t>(count));
    }
    return indices;
}

std::vector<Band> bands_of(int draws, const std::function<std::vector<double>()> &draw) {
    std::vector<std::vector<double>> columns;
    for (int i = 0; i < draws; i++) {
        const std::vector<double> row = draw();
        columns.resize(std::max(columns.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); column++) {
            columns[column].push_back(row[column]);
        }
    }
    std::vector<Band> bands;
    for (std::vector<double> &column : columns) {
        bands.push_back(*band_of(std::move(column)));
    }
    return bands;
}

}  // namespace fsd::analysis
