// Certificates: every inequality holds, and no decision is called proved that exact arithmetic does not make.
#include "toolkit/quantization/certificate.h"
#include "runtime/error.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::vector<double> softmax(std::vector<double> z) {
    const double peak = *std::max_element(z.begin(), z.end());
    double sum = 0;
    for (double &number : z) {
        number = std::exp(number - peak);
        sum += number;
    }
    for (double &number : z) {
        number /= sum;
    }
    return z;
}

// Two classes whose evidence differs, at a given image, by `margin` nats: the prior closes the gap. float32
// priors leave 1e-7 or so, which only makes the cases more varied.
Model with_margin(Model model, const std::vector<uint8_t> &image, double margin) {
    const NumberMap h = ExactNetwork(model).run(image.data()).back();
    Tensor &own = model.tensors.at("last.log_prior");
    own = own.copy();
    auto *prior = static_cast<float *>(own.data());
    const int classes = h.states();
    std::vector<double> logits(prior, prior + classes);
    const int top = decision(h), other = top == 0 ? 1 : 0;
    logits[other] += h.numbers[top] - h.numbers[other] - margin;
    const std::vector<double> normalized = softmax(logits);
    std::transform(normalized.begin(), normalized.end(), prior,
                   [](double p) { return static_cast<float>(std::log(p)); });
    return model;
}

}  // namespace

TEST_CASE("the bound of the total variation holds and is attained", "[quantization]") {
    std::mt19937 random(1);
    std::normal_distribution<double> normal;
    double best = 0;
    for (int trial = 0; trial < 100000; trial++) {
        const int states = 2 + trial % 5;
        std::vector<double> z(states), moved(states);
        const double sharpness = std::exp(1.5 * normal(random)), omega = std::exp(1.5 * normal(random));
        for (int s = 0; s < states; s++) {
            z[s] = sharpness * normal(random);
            // The extreme points are the worst.
            moved[s] = z[s] + (random() % 2 ? omega : 0);
        }
        const std::vector<double> h = softmax(z), other = softmax(moved);
        double variation = 0;
        for (int s = 0; s < states; s++) {
            variation += std::fabs(h[s] - other[s]) / 2;
        }
        const auto largest = std::max_element(h.begin(), h.end());
        const double rest = std::accumulate(largest + 1, h.end(), std::accumulate(h.begin(), largest, 0.0));
        const double bound = variation_bound(rest, omega);
        CHECK(bound <= std::tanh(omega / 4) + 1e-12);
        REQUIRE(variation <= bound + 1e-12);
        best = std::max(best, variation / bound);
    }
    CHECK(best > 0.999);
}

TEST_CASE("every inequality of every certificate holds", "[quantization]") {
    std::mt19937 random(2);
    std::size_t proved = 0, unproved = 0;
    for (unsigned seed = 0; seed < 60; seed++) {
        CAPTURE(seed);
        const Model model = drawn_network(seed, true);
        const Certifier certifier(model);
        for (int i = 0; i < 6; i++) {
            const std::vector<uint8_t> image = drawn_image(model, random);
            const Certificate certificate = certifier.certify(image.data());
            const CertificateCheck check = certifier.check(image.data(), certificate);
            CHECK(check.inequalities > 1);
            CHECK(check.violations == 0);
            CHECK(certificate.proved == (certificate.spare > 0));
            (certificate.proved ? proved : unproved)++;
        }
    }
    // Both happen, or the test would show nothing.
    CHECK(proved > 20);
    CHECK(unproved > 0);
}

TEST_CASE("no wrong decision is proved where margins are adversarially close", "[quantization]") {
    std::mt19937 random(3);
    std::size_t changed = 0, proved = 0;
    for (unsigned seed = 0; seed < 40; seed++) {
        const Model drawn = drawn_network(seed, true);
        const std::vector<uint8_t> image = drawn_image(drawn, random);
        // From ties to the size of what rounding does in 8-bit last layers.
        for (const double margin : {0.0, 1e-7, -1e-7, 1e-5, -1e-5, 1e-4, 1e-3, -1e-3, 1e-2, 0.1, 1.0}) {
            const Model model = with_margin(drawn, image, margin);
            const Certifier certifier(model);
            const Certificate certificate = certifier.certify(image.data());
            const CertificateCheck check = certifier.check(image.data(), certificate);
            CHECK(check.violations == 0);
            CHECK_FALSE((certificate.proved && check.changed));
            changed += check.changed ? 1 : 0;
            proved += certificate.proved ? 1 : 0;
        }
    }
    CHECK(changed > 0);
    CHECK(proved > 0);
}

TEST_CASE("a certified decision survives in float32", "[quantization]") {
    // What is proved has at least the slack of a float32 implementation to spare.
    const Model model = drawn_network(1, true);
    std::mt19937 random(5);
    const std::vector<uint8_t> image = drawn_image(model, random);
    const Certificate tie = Certifier(with_margin(model, image, 0)).certify(image.data());
    CHECK_FALSE(tie.proved);
    CHECK(tie.spare < 0);
}

TEST_CASE("the summary counts images, proofs and inequalities", "[quantization]") {
    const Model model = drawn_network(4, true);
    const Certifier certifier(model);
    std::mt19937 random(6);
    Tensor images = make_tensor<uint8_t>({5, model.input.height, model.input.width, model.input.colors});
    auto *place = static_cast<uint8_t *>(images.data());
    CertificateSummary expected;
    for (int i = 0; i < 5; i++) {
        const std::vector<uint8_t> image = drawn_image(model, random);
        place = std::copy(image.begin(), image.end(), place);
        const Certificate certificate = certifier.certify(image.data());
        expected.proved += certificate.proved ? 1 : 0;
        expected.inequalities += certifier.check(image.data(), certificate).inequalities;
    }
    const CertificateSummary summary = certify(certifier, images);
    CHECK(summary.images == 5);
    CHECK(summary.proved == expected.proved);
    CHECK(summary.inequalities == expected.inequalities);
    CHECK(summary.violations == 0);
}

TEST_CASE("networks that the proof does not cover are refused", "[quantization]") {
    Model model;
    model.input = {6, 6, 1};
    model.layers = {conv("first", 3, 1, 4), plain("normalize"), pool("renormalized_max_pool", 2, 2),
                    linear("last", 1, 3), plain("log_normalize")};
    try {
        Certifier certifier(with_parameters(model, 1));
        FAIL("certified");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::unsupported);
        CHECK_THAT(error.what(),
                   Catch::Contains("renormalized_max_pool") && Catch::Contains("exact marginal pooling"));
    }
    model.layers = {conv("first", 3, 1, 3), plain("log_normalize"), pool("log_marginal_pool", 4, 4)};
    CHECK_THROWS_WITH(Certifier(with_parameters(model, 1)), Catch::Contains("layer 1 (log_normalize)"));
}
