// The Kolmogorov-Smirnov distance of numbers from a distribution.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace fsd::analysis {

// sup |F_n(x) - F(x)|, from 0 to 1: `sorted` are the numbers, ascending, at least one, finite; cumulative(x)
// = P(X <= x) and cumulative_below(x) = P(X < x), which differ where the distribution has a point mass. Equal
// numbers count as one step.
template<typename Cumulative, typename CumulativeBelow>
double kolmogorov_smirnov(const std::vector<double> &sorted, const Cumulative &cumulative,
                          const CumulativeBelow &cumulative_below) {
    const auto count = static_cast<double>(sorted.size());
    double distance = 0;
    for (std::size_t first = 0; first < sorted.size();) {
        std::size_t end = first + 1;
        while (end < sorted.size() && sorted[end] == sorted[first]) {
            end++;
        }
        const double x = sorted[first];
        distance = std::max({distance, std::fabs(static_cast<double>(first) / count - cumulative_below(x)),
                             std::fabs(static_cast<double>(end) / count - cumulative(x))});
        first = end;
    }
    return distance;
}

// The same of a distribution without point masses.
template<typename Cumulative>
double kolmogorov_smirnov(const std::vector<double> &sorted, const Cumulative &cumulative) {
    return kolmogorov_smirnov(sorted, cumulative, cumulative);
}

}  // namespace fsd::analysis
