// Accuracy, loss, calibration error and the calibration itself, on numbers that can be checked by hand.
#include "toolkit/evaluation/evaluation.h"
#include "runtime/error.h"
#include "tests/training/networks.h"
#include "toolkit/evaluation/calibration.h"
#include "toolkit/evaluation/telling_images.h"
#include "toolkit/system/progress.h"
#include "toolkit/training/random.h"
#include "toolkit/training/trainer.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

Tensor logarithms(const std::vector<std::vector<double>> &rows) {
    Tensor tensor = make_tensor<float>({static_cast<int>(rows.size()), static_cast<int>(rows[0].size())});
    auto *place = static_cast<float *>(tensor.data());
    for (const auto &row : rows) {
        for (const double probability : row) {
            *place++ = static_cast<float>(std::log(probability));
        }
    }
    return tensor;
}

// A model whose last layer has the given n and a uniform prior over 3 classes.
Model model_with(double observations) {
    Model model = bar_network();
    model.tensors["last.log_prior"] = make_tensor<float>({1, 3});
    model.tensors["last.observations"] = make_tensor<float>({1});
    return with_last_observations(model, observations);
}

// Images whose labels are drawn from softmax(1 * evidence), and the log-posteriors of a model that believes
// in `observations` times that evidence.
struct Overconfident {
    Tensor log_posterior;
    std::vector<int> labels;
};

Overconfident draw(int images, double observations) {
    const Random random(3, Stream::parameters);
    Overconfident out{make_tensor<float>({images, 3}), {}};
    auto *row = static_cast<float *>(out.log_posterior.data());
    for (int image = 0; image < images; image++, row += 3) {
        double evidence[3], mass = 0, believed = 0;
        for (int c = 0; c < 3; c++) {
            evidence[c] = 2 * random.normal(4 * image + c);
            mass += std::exp(evidence[c]);
            believed += std::exp(observations * evidence[c]);
        }
        double left = static_cast<double>(random.bits(10 * images + image) >> 11) * 0x1p-53 * mass;
        int label = 0;
        while (label < 2 && left >= std::exp(evidence[label])) {
            left -= std::exp(evidence[label++]);
        }
        out.labels.push_back(label);
        for (int c = 0; c < 3; c++) {
            row[c] = static_cast<float>(observations * evidence[c] - std::log(believed));
        }
    }
    return out;
}

}  // namespace

TEST_CASE("accuracy, loss, calibration error and confusion of four images", "[training]") {
    const Tensor log_posterior = logarithms({{0.9, 0.1}, {0.9, 0.1}, {0.3, 0.7}, {0.5, 0.5}});
    const Evaluation evaluation = evaluate(log_posterior, {0, 1, 1, 0});
    REQUIRE(evaluation.images == 4);
    REQUIRE(evaluation.accuracy == 0.75);
    REQUIRE(evaluation.nll ==
            Approx(-(std::log(0.9) + std::log(0.1) + std::log(0.7) + std::log(0.5)) / 4).epsilon(1e-6));
    // Bins of width 1/15: {0.9, 0.9} with one of two correct, {0.7} correct, {0.5} correct.
    REQUIRE(evaluation.ece == Approx((std::fabs(1 - 1.8) + (1 - 0.7) + (1 - 0.5)) / 4).epsilon(1e-6));
    REQUIRE(evaluation.confusion == std::vector<std::vector<int>>{{2, 0}, {1, 1}});
}

TEST_CASE("all samples of many have the bits of one run, and the work says how far it is", "[training]") {
    struct Heard : ProgressListener {
        void begins(const Progress &progress) override { words.push_back(progress.what()); }
        void ends() override { words.emplace_back("end"); }
        std::vector<std::string> words;
    } heard;
    const Dataset data = bars(4099, 5);  // more than are run between two looks
    Network network(Trainer(bar_network(), data, {}).model());
    Tensor expected = make_tensor<float>({data.count(), network.result_size()});
    network.run(data.inputs(), expected);
    listen_to_progress(&heard);
    const Tensor found = log_posteriors(network, data.inputs());
    listen_to_progress(nullptr);
    CHECK(heard.words == std::vector<std::string>{"evaluates images", "end"});
    CHECK(std::memcmp(found.data(), expected.data(), expected.size_in_bytes()) == 0);
}

TEST_CASE("mistakes are shown by how sure they were, images by how uncertain they are", "[training]") {
    Tensor log_posterior = make_tensor<float>({4, 2});
    const double first[] = {0.9, 0.6, 0.2, 0.5};
    for (int i = 0; i < 4; i++) {
        static_cast<float *>(log_posterior.data())[2 * i] = static_cast<float>(std::log(first[i]));
        static_cast<float *>(log_posterior.data())[2 * i + 1] = static_cast<float>(std::log(1 - first[i]));
    }
    const std::vector<int> labels = {1, 1, 0, -1};
    const Classification result = classify(log_posterior, labels);
    CHECK(surest_mistakes(result, labels, 10) == std::vector<std::size_t>{0, 2, 1});
    CHECK(surest_mistakes(result, labels, 1) == std::vector<std::size_t>{0});
    CHECK(most_uncertain(result, 2) == std::vector<std::size_t>{3, 1});
}

TEST_CASE("labels that do not fit are refused", "[training]") {
    const Tensor log_posterior = logarithms({{0.9, 0.1}});
    REQUIRE_THROWS_AS(evaluate(log_posterior, {}), Error);
    REQUIRE_THROWS_AS(evaluate(log_posterior, {0, 1}), Error);
    REQUIRE_THROWS_AS(evaluate(log_posterior, {2}), Error);
    REQUIRE_THROWS_AS(evaluate(log_posterior, {-1}), Error);
}

TEST_CASE("calibration finds the number of observations that the labels were drawn with", "[training]") {
    const Overconfident data = draw(20000, 3);
    const Calibration calibration = calibrate(model_with(6), data.log_posterior, data.labels);
    REQUIRE(calibration.trained == 6);
    // The model believes 3 times the evidence, so its n must fall to a third. The estimate's relative
    // standard deviation is near 1 / sqrt(images) times a factor of about 1.5: 1 %; 4 % are four of them.
    REQUIRE(calibration.factor() == Approx(1.0 / 3).epsilon(0.04));
    REQUIRE(calibration.before.ece > 0.1);
    REQUIRE(calibration.after.ece < 0.02);
    REQUIRE(calibration.after.nll < calibration.before.nll);
    REQUIRE(calibration.after.accuracy ==
            calibration.before.accuracy);  // a uniform prior: no decision changes
    REQUIRE(last_observations(with_last_observations(model_with(6), 2)) == 2);
}

TEST_CASE("calibration keeps n where the held-out images do not determine it", "[training]") {
    const Tensor log_posterior = logarithms({{0.8, 0.1, 0.1}, {0.1, 0.8, 0.1}, {0.1, 0.1, 0.8}});
    REQUIRE(calibrate(model_with(2), log_posterior, {0, 1, 2}).factor() == 1);
    REQUIRE_THROWS_AS(calibrate(model_with(2), logarithms({{0.8, 0.1, 0.1}}), {0}), Error);
    REQUIRE_THROWS_AS(calibrate(model_with(2), logarithms({{1, 0, 0}, {0.5, 0.25, 0.25}}), {0, 0}), Error);
}
