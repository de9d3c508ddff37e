// Propagates components, runs samples.
#include "experiments/xor_network.h"

#include "experiments/training.h"
#include "experiments/xor_data.h"
#include "runtime/network.h"
#include "toolkit/analysis/moments/propagation.h"
#include "toolkit/analysis/moments/samples.h"

#include <algorithm>
#include <cmath>

namespace fsd::experiments {

using analysis::Moments;
using analysis::Propagation;

XorMoments predicted_xor(const Model &model, XorRule rule) {
    const Propagation propagation(model, 0, {32, rule == XorRule::diagonal});
    const auto behind = [&](const Moments &moments) { return propagation.run(moments).back().moments; };
    XorMoments classes;
    for (int label = 0; label < 2; label++) {
        const auto components = xor_components(label);
        classes[static_cast<std::size_t>(label)] =
            rule == XorRule::one
                ? behind(xor_class(label))
                : analysis::mixture({0.5, 0.5}, {behind(components[0]), behind(components[1])});
    }
    return classes;
}

XorSampled sampled_xor(const Model &model, int samples) {
    const Dataset data = xor_samples(samples, 77);
    Tensor result = make_tensor<float>({samples, 1});
    Network(model).run(data.features, result);
    const auto *outputs = static_cast<const float *>(result.data());
    XorSampled sampled;
    for (int label = 0; label < 2; label++) {
        Tensor own = make_tensor<float>({samples / 2, 1});
        for (int i = 0; i < samples / 2; i++) {
            const double output = outputs[2 * i + label], target = xor_target(label);
            static_cast<float *>(own.data())[i] = static_cast<float>(output);
            sampled.loss += (output - target) * (output - target) / samples;
            sampled.accuracy += output * target > 0 ? 1. / samples : 0;
        }
        sampled.classes[static_cast<std::size_t>(label)] = analysis::sample_moments(own);
    }
    return sampled;
}

double xor_loss(const XorMoments &classes) {
    return (expected_squared_error(classes[0], analysis::Vector{{xor_target(0)}}) +
            expected_squared_error(classes[1], analysis::Vector{{xor_target(1)}})) /
           2;
}

double total_variance(const XorMoments &classes) {
    return analysis::mixture({0.5, 0.5}, {classes[0], classes[1]}).covariance(0, 0);
}

XorErrors xor_errors(const XorMoments &predicted, const XorMoments &sampled) {
    const double total = total_variance(sampled);
    XorErrors errors;
    for (std::size_t label = 0; label < 2; label++) {
        const double mean = std::fabs(predicted[label].mean[0] - sampled[label].mean[0]);
        const double variance =
            std::fabs(predicted[label].covariance(0, 0) - sampled[label].covariance(0, 0));
        errors.mean = std::max(errors.mean, mean / sampled[label].deviations()[0]);
        errors.variance = std::max(errors.variance, variance / sampled[label].covariance(0, 0));
        errors.mean_of_total = std::max(errors.mean_of_total, mean / std::sqrt(total));
        errors.variance_of_total = std::max(errors.variance_of_total, variance / total);
    }
    return errors;
}

Model trained_xor(const std::vector<int> &hidden, std::uint64_t seed) {
    TrainingOptions options;
    options.seed = seed;
    options.epochs = 8;
    options.rate = 0.01;
    return trained(dense_network(2, hidden, 1, "relu", false), xor_samples(20000, seed + 1), options);
}

}  // namespace fsd::experiments
