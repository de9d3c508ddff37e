// Sums of rectified normal numbers along a line of correlated locations: what an average pool behind relu
// gives.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace fsd::experiments {

struct RectifiedSum {
    double mean, correlation;  // of each number before it is rectified (its deviation is 1), and of neighbors
};

constexpr int rectified_locations = 49;

// The seven settings of criterion A6.
constexpr RectifiedSum rectified_sums[] = {{0, 0},    {0, 0.6},  {0, 0.9}, {-1, 0},
                                           {-1, 0.6}, {-1, 0.9}, {-2, 0.9}};

struct RectifiedSamples {
    std::vector<double> sums;  // sorted
    // Mean and variance of the sum, and its variance if locations were independent.
    double mean = 0, variance = 0, independent_variance = 0;
    double zeros = 0;  // share of sums that are 0
};

// The same numbers each time.
inline RectifiedSamples draw(const RectifiedSum &setting, int count) {
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    const double fresh = std::sqrt(1 - setting.correlation * setting.correlation);
    RectifiedSamples samples;
    double square = 0, single = 0, single_square = 0;
    for (int i = 0; i < count; i++) {
        double state = normal(random), sum = 0;
        for (int location = 0; location < rectified_locations; location++) {
            const double number = std::max(0., setting.mean + state);
            sum += number;
            single_square += number * number;
            state = setting.correlation * state + fresh * normal(random);
        }
        samples.sums.push_back(sum);
        samples.zeros += sum == 0 ? 1. / count : 0;
        single += sum;
        square += sum * sum;
    }
    samples.mean = single / count;
    samples.variance = square / count - samples.mean * samples.mean;
    const double numbers = static_cast<double>(count) * rectified_locations, single_mean = single / numbers;
    samples.independent_variance =
        rectified_locations * (single_square / numbers - single_mean * single_mean);
    std::sort(samples.sums.begin(), samples.sums.end());
    return samples;
}

}  // namespace fsd::experiments
