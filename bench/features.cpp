// bench_features: what the analysis of features takes, seconds of one thread as JSON;
// bench/rivals/features.py runs it beside NumPy.
#include "bench/best_time.h"
#include "runtime/threads.h"
#include "toolkit/analysis/features/feature_moments.h"
#include "toolkit/analysis/features/modes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <random>

using namespace fsd;
using namespace fsd::analysis;
using fsd::bench::best_time;

namespace {

constexpr int samples = 60000, classes = 10;

// Classes and normal features, each of which is larger in one of them.
struct Drawn {
    Tensor features;
    std::vector<int> labels;
};

Drawn drawn(int units) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    Drawn found{make_tensor<float>({samples, units}), {}};
    auto *next = static_cast<float *>(found.features.data());
    for (int sample = 0; sample < samples; sample++) {
        found.labels.push_back(static_cast<int>(random() % classes));
        for (int unit = 0; unit < units; unit++) {
            *next++ = normal(random) + (unit % classes == found.labels.back() ? 1.F : 0.F);
        }
    }
    return found;
}

Joint random_table(int rows, int columns) {
    std::mt19937 random(1);
    Matrix weights(rows, columns);
    for (double &weight : weights.reshaped()) {
        weight = 1 + static_cast<double>(random() % 1000);
    }
    return joint_of_counts(weights, "The table");
}

}  // namespace

int main() {
    set_threads(1);
    nlohmann::ordered_json seconds;
    const Joint joint = random_table(256, 100);
    seconds["dependence_and_svd_256x100"] = best_time([&] { modes_of(joint); });
    const Drawn few = drawn(32), many = drawn(512);
    std::vector<int> codes;
    for (int sample = 0; sample < samples; sample++) {
        codes.push_back(sample * 7 % 256);
    }
    seconds["joint_histogram_60000_256x10"] =
        best_time([&] { joint_counts(codes, 256, few.labels, classes); });
    // Class features from the features, whitened: g = Cov(f)^-1 (E[f | y] - E f).
    seconds["ace_step_60000x32"] = best_time([&] {
        const FeatureMoments moments = feature_moments(few.features, few.labels, classes);
        matched_projection(moments, whitening_of(moments.covariance));
    });
    seconds["h_score_60000x512"] =
        best_time([&] { h_score(feature_moments(many.features, many.labels, classes)); });
    std::cout << seconds.dump(2) << '\n';
}
