// The fit of a model's novelty: laws of its p-values, and what is degenerate.
#include "toolkit/evaluation/novelty_detection.h"
#include "toolkit/evaluation/novelty_fit.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace fsd;

namespace {

constexpr int layers = 3, classes = 4;

struct Images {
    Tensor evidence, log_posterior;
};

// Correlated numbers with heavy tails, around another center for each class.
Images draw(int images, std::mt19937 &random) {
    std::normal_distribution<float> normal;
    Images all{make_tensor<float>({images, layers}), make_tensor<float>({images, classes})};
    auto *evidence = static_cast<float *>(all.evidence.data());
    auto *posterior = static_cast<float *>(all.log_posterior.data());
    for (int image = 0; image < images; image++, evidence += layers, posterior += classes) {
        const auto label = static_cast<int>(random() % classes);
        std::fill(posterior, posterior + classes, -10.f);
        posterior[label] = -0.001f;
        const float common = normal(random), tail = std::exp(normal(random) / 2);
        for (int layer = 0; layer < layers; layer++) {
            evidence[layer] =
                static_cast<float>(-100 * label - 7 * layer) + tail * (common + 0.3f * normal(random));
        }
    }
    return all;
}

std::vector<double> p_values(const Novelty &novelty, const Images &images) {
    std::vector<double> all;
    for (int image = 0; image < images.evidence.dim(1).extent(); image++) {
        const auto *posterior = static_cast<const float *>(images.log_posterior.data()) + image * classes;
        const auto label = static_cast<int>(std::max_element(posterior, posterior + classes) - posterior);
        const float *evidence = static_cast<const float *>(images.evidence.data()) + image * layers;
        all.push_back(novelty.p_value(novelty.score(evidence, label)));
    }
    return all;
}

template<typename Action>
std::string refusal(Action action) {
    try {
        action();
    } catch (const Error &error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("at most a share a of images like the held-out ones has a p-value of at most a", "[novelty]") {
    std::mt19937 random(5);
    // Averaged over fits, as the theorem is about fit and image together; 40 x 500 images.
    double rejected[3] = {};
    const double levels[3] = {0.01, 0.05, 0.5};
    const int fits = 40;
    std::vector<double> all;
    for (int fit = 0; fit < fits; fit++) {
        const Images held = draw(398, random), usual = draw(500, random);
        const std::vector<double> p = p_values(fit_novelty(held.evidence, held.log_posterior), usual);
        for (int level = 0; level < 3; level++) {
            rejected[level] += share_rejected(p, levels[level]) / fits;
        }
        all.insert(all.end(), p.begin(), p.end());
    }
    for (int level = 0; level < 3; level++) {
        // Shares of a fit scatter by sqrt(a (1 - a) / 200), those of their images by sqrt(a / 500); three of
        // these.
        const double scatter = 3 * std::sqrt(levels[level] * (1. / 199 + 1. / 500) / fits);
        CAPTURE(levels[level], rejected[level], scatter);
        REQUIRE(rejected[level] <= levels[level] + scatter);
        REQUIRE(rejected[level] >= levels[level] - scatter - 1. / 200);
    }
    REQUIRE(distance_from_uniform(all) <= 0.03);
}

TEST_CASE("what is far from every class has the smallest p-value", "[novelty]") {
    std::mt19937 random(6);
    const Images held = draw(400, random);
    const Novelty novelty = fit_novelty(held.evidence, held.log_posterior);
    REQUIRE(novelty.images() == 200);
    const float far[layers] = {50, -300, 20};
    REQUIRE(novelty.p_value(novelty.score(far, 1)) == 1.f / 201);
    const float *center = static_cast<const float *>(novelty.mean.data()) + layers;
    REQUIRE(novelty.p_value(novelty.score(center, 1)) == 1.f);
}

TEST_CASE("rare classes and constant evidence have a fit", "[novelty]") {
    std::mt19937 random(7);
    Images held = draw(200, random);
    // Class 3 is never found, and the last layer says the same of all images.
    for (int image = 0; image < 200; image++) {
        auto *posterior = static_cast<float *>(held.log_posterior.data()) + image * classes;
        if (posterior[3] > -1) {
            std::swap(posterior[3], posterior[0]);
        }
        static_cast<float *>(held.evidence.data())[image * layers + layers - 1] = -4;
    }
    const Novelty novelty = fit_novelty(held.evidence, held.log_posterior);
    for (std::size_t i = 0; i < novelty.precision.number_of_elements(); i++) {
        REQUIRE(std::isfinite(static_cast<const float *>(novelty.precision.data())[i]));
    }
    const float other[layers] = {-100, -107, 1};
    REQUIRE(novelty.p_value(novelty.score(other, 3)) == 1.f / 101);
    REQUIRE_THAT(refusal([&] {
                     const Images few = draw(9, random);
                     fit_novelty(few.evidence, few.log_posterior);
                 }),
                 Catch::Contains("at least 10 images; found 9"));
    REQUIRE(fewest_for_novelty(layers) == 10);
}

TEST_CASE("the area under the ROC curve counts pairs, ties half", "[novelty]") {
    REQUIRE(auroc({1, 2, 3}, {4, 5}) == Approx(1));
    REQUIRE(auroc({4, 5}, {1, 2, 3}) == Approx(0));
    REQUIRE(auroc({1, 2}, {1, 2}) == Approx(0.5));
    REQUIRE(auroc({1, 1, 2}, {1, 3}) == Approx((2 * 0.5 + 3) / 6));
    const RocCurve curve = roc_curve({1, 2}, {2, 3});
    REQUIRE(curve.false_alarms == std::vector<double>{0, 0, 0.5, 1});
    REQUIRE(curve.detections == std::vector<double>{0, 0.5, 1, 1});
    REQUIRE(share_rejected({0.01, 0.02, 0.5}, 0.02) == Approx(2. / 3));
    REQUIRE(distance_from_uniform({0.25, 0.5, 0.75, 1}) == Approx(0.25));
    REQUIRE(distance_from_uniform({1, 1}) == Approx(1));
}
