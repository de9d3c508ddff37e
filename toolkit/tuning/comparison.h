// Is one kernel faster than another one, beyond the noise of the machine?
#pragma once

#include <vector>

namespace fsd::tuning {

// Seconds of one call, measured in turn: the n-th of both stand side by side in time.
struct Timings {
    std::vector<double> best, candidate;
};

// candidate / best: below 1 is faster. The interval holds the ratio with 99 % confidence.
struct Ratio {
    double low = 1, middle = 1, high = 1;
};

struct Comparison {
    std::vector<Ratio> shapes;  // medians of the pairs' ratios
    Ratio all;                  // their geometric mean
    bool better = false;        // faster in the mean beyond noise, and slower beyond noise on no shape
};

// What repetition does not show, since it depends on where code and numbers lie in memory: differences below
// it count as none.
constexpr double unseen_noise = 0.01;

// One entry per shape, each with as many best as candidate timings. Reproducible: the same timings give the
// same intervals.
Comparison compare(const std::vector<Timings> &shapes);

double median(std::vector<double> values);

}  // namespace fsd::tuning
