// Joint distributions for the tests of features.
#pragma once

#include "toolkit/analysis/features/joint.h"

#include <random>

namespace fsd::testing {

// Strong dependence: each number is the cube of a uniform one.
inline analysis::Joint random_joint(int rows, int columns, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    analysis::Matrix weights(rows, columns);
    for (double &weight : weights.reshaped()) {
        const double uniform = static_cast<double>(random() % 1000 + 1) / 1000;
        weight = uniform * uniform * uniform;
    }
    return analysis::joint_of_counts(weights, "The table");
}

// float32 [sample, unit] normal features whose mean depends on the class, and labels.
struct DrawnSamples {
    Tensor features;
    std::vector<int> labels;
};

inline DrawnSamples drawn_samples(int samples, int units, int classes, double distance, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    DrawnSamples drawn{make_tensor<float>({samples, units}), {}};
    auto *next = static_cast<float *>(drawn.features.data());
    for (int sample = 0; sample < samples; sample++) {
        drawn.labels.push_back(static_cast<int>(random() % static_cast<unsigned>(classes)));
        for (int unit = 0; unit < units; unit++) {
            *next++ =
                normal(random) + static_cast<float>(unit % classes == drawn.labels.back() ? distance : 0);
        }
    }
    return drawn;
}

}  // namespace fsd::testing
