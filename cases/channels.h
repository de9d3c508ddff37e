// Shapes of the operators that treat the channels of all sites alike.
#pragma once

#include "cases/case.h"

#include <cmath>
#include <limits>

namespace fsd::testing {

// One site and one channel, a vector more and less of channels, blocks of sites full and not.
inline std::vector<Extents> channel_shapes() {
    constexpr int shapes[][2] = {{1, 1},    {1, 7},    {7, 2},   {65, 10}, {64, 16},
                                 {500, 17}, {129, 33}, {3, 129}, {901, 1}, {2049, 3}};
    std::vector<Extents> all;
    for (const auto &[site, channel] : shapes) {
        all.push_back({{"site", site}, {"channel", channel}});
    }
    return all;
}

// Gives drawn channels means and deviations of their own, for operators that take their statistics.
inline void spread_channels(Problem &problem) {
    Values &values = problem.tensors.at("preactivation");
    const int channels = problem.extent("channel");
    for (std::size_t i = 0; i < values.data.size(); i++) {
        const int channel = static_cast<int>(i % channels);
        const double deviation = std::ldexp(1, channel % 7 - 3), mean = 4 * (channel % 5 - 2);
        values.data[i] = static_cast<float>(deviation * values.data[i] + mean);
    }
}

// Float64 roundings on the way into a sum over the sites of terms whose magnitudes sum to `magnitude`.
inline double sum_error(const Problem &problem, double magnitude) {
    return std::numeric_limits<double>::epsilon() * problem.extent("site") * magnitude;
}

// Behind the convolutions of the 16-32 network at the batch of its training, and a hidden layer.
inline std::vector<Extents> channel_bench_shapes() {
    return {{{"site", 28800}, {"channel", 16}},
            {{"site", 3200}, {"channel", 32}},
            {{"site", 50}, {"channel", 100}}};
}

}  // namespace fsd::testing
