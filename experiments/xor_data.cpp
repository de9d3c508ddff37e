// Corners and samples.
#include "experiments/xor_data.h"

#include <cmath>
#include <random>

namespace fsd::experiments {

using analysis::Matrix;
using analysis::Moments;
using analysis::Vector;

std::array<Moments, 2> xor_components(int label) {
    const double sign = xor_target(label);
    const Matrix covariance = Matrix::Identity(2, 2) * xor_variance;
    return {{{Vector{{0.5, 0.5 * sign}}, covariance}, {Vector{{-0.5, -0.5 * sign}}, covariance}}};
}

Moments xor_class(int label) {
    const auto components = xor_components(label);
    return analysis::mixture({0.5, 0.5}, {components[0], components[1]});
}

double xor_target(int label) {
    return label == 0 ? 1 : -1;
}

Dataset xor_samples(int count, std::uint64_t seed) {
    Dataset data;
    data.features = make_tensor<float>({count, 1, 1, 2});
    data.targets = make_tensor<float>({count, 1});
    data.source = "exclusive or";
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal(0, std::sqrt(xor_variance));
    for (int sample = 0; sample < count; sample++) {
        const Moments component = xor_components(sample % 2)[random() % 2];
        for (int axis = 0; axis < 2; axis++) {
            static_cast<float *>(data.features.data())[2 * sample + axis] =
                static_cast<float>(component.mean[axis] + normal(random));
        }
        static_cast<float *>(data.targets.data())[sample] = static_cast<float>(xor_target(sample % 2));
    }
    return data;
}

Dataset xor_component_samples(int each, std::uint64_t seed) {
    Dataset data;
    data.features = make_tensor<float>({4 * each, 1, 1, 2});
    data.source = "components of the exclusive or";
    data.classes = {"++", "--", "+-", "-+"};
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal(0, std::sqrt(xor_variance));
    auto *next = static_cast<float *>(data.features.data());
    for (int component = 0; component < 4; component++) {
        const Vector mean = xor_components(component / 2)[static_cast<std::size_t>(component % 2)].mean;
        for (int sample = 0; sample < each; sample++) {
            *next++ = static_cast<float>(mean[0] + normal(random));
            *next++ = static_cast<float>(mean[1] + normal(random));
        }
        data.labels.insert(data.labels.end(), static_cast<std::size_t>(each), component);
    }
    return data;
}

}  // namespace fsd::experiments
