// Bounds of what rounding makes of a score.
#include "runtime/network.h"
#include "tests/compiled/judgement.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fsd::testing {
namespace {

constexpr double epsilon = std::numeric_limits<float>::epsilon();

// How far the score may be off where each evidence is off by 32 epsilons of its size.
double error_of_score(const Novelty &fit, const float *evidence, std::ptrdiff_t label, float score) {
    const int count = fit.layers();
    const auto *mean = static_cast<const float *>(fit.mean.data()) + label * count;
    const auto *precision = static_cast<const float *>(fit.precision.data()) + label * count * count;
    const auto error = [&](int i) { return 32 * epsilon * (1 + std::fabs(evidence[i])); };
    double sum = epsilon * score;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++) {
            const double size = std::fabs(precision[i * count + k]);
            const double one = std::fabs(static_cast<double>(evidence[i]) - mean[i]),
                         other = std::fabs(static_cast<double>(evidence[k]) - mean[k]);
            sum += size * (error(i) * other + one * error(k) + error(i) * error(k));
        }
    }
    return sum;
}

}  // namespace

void check_judgement(const Model &model, const Tensor &images, const std::vector<float> &log_posterior,
                     const std::vector<float> &novelty, const std::vector<float> &p_value) {
    Network network(model);
    const int samples = images.dim(3).extent(), classes = network.result_size(),
              layers = network.evidence_size();
    Tensor result = make_tensor<float>({samples, classes}), evidence = make_tensor<float>({samples, layers}),
           scores = make_tensor<float>({samples}), p_values = make_tensor<float>({samples});
    network.run({images, result, nullptr, &evidence, &scores, &p_values});
    const auto *row = static_cast<const float *>(result.data());
    const auto *numbers = static_cast<const float *>(evidence.data());
    const Novelty &fit = *model.novelty;
    for (int sample = 0; sample < samples; sample++, row += classes, numbers += layers) {
        const auto index = static_cast<std::size_t>(sample);
        for (int i = 0; i < classes; i++) {
            const std::size_t place = index * static_cast<std::size_t>(classes) + static_cast<std::size_t>(i);
            // Evidence that is not centered rounds by its own size.
            REQUIRE(log_posterior[place] == Approx(row[i]).epsilon(1e-4).margin(1e-4));
        }
        const float score = static_cast<const float *>(scores.data())[sample];
        const double error = error_of_score(fit, numbers, std::max_element(row, row + classes) - row, score);
        CAPTURE(sample, score, novelty[index], error, p_value[index]);
        REQUIRE(std::fabs(static_cast<double>(novelty[index]) - score) <= error);
        REQUIRE(p_value[index] <= fit.p_value(static_cast<float>(score - error)));
        REQUIRE(p_value[index] >= fit.p_value(static_cast<float>(score + error)));
        // That of its own score, exactly.
        REQUIRE(p_value[index] == fit.p_value(novelty[index]));
    }
}

}  // namespace fsd::testing
