// Training with rectangles unobserved: masks, loss and gradient, and what is refused.
#include "runtime/error.h"
#include "tests/device_under_test.h"
#include "tests/temporary_folder.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/evaluation/evaluation.h"
#include "toolkit/training/trainer.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::vector<int> all(int count) {
    std::vector<int> samples(static_cast<std::size_t>(count));
    std::iota(samples.begin(), samples.end(), 0);
    return samples;
}

Augmentation unobserved(double share) {
    Augmentation augmentation;
    augmentation.unobserved = share;
    return augmentation;
}

// A batch of the whole data set with masks, in `gradient`.
void fill(LossGradient &gradient, const Dataset &dataset) {
    Batches(dataset, all(dataset.count()), dataset.count(), unobserved(0.7), 5).fill(0, 0, gradient.batch);
}

}  // namespace

TEST_CASE("of each image a rectangle is unobserved, drawn anew in each epoch", "[training][masks]") {
    const Dataset dataset = noise({10, 20, 1}, 200, 2, 1);
    Batch batch;
    batch.inputs = make_tensor<std::uint8_t>({200, 10, 20, 1});
    batch.labels = make_tensor<std::int32_t>({200});
    batch.mask = make_tensor<std::uint8_t>({200, 10, 20, 1});
    Batches batches(dataset, all(200), 200, unobserved(0.5), 3);
    batches.fill(0, 0, batch);
    std::set<int> heights, widths;
    const auto *mask = static_cast<const std::uint8_t *>(batch.mask.data());
    for (int image = 0; image < 200; image++, mask += 200) {
        int top = 10, bottom = -1, left = 20, right = -1, missing = 0;
        for (int place = 0; place < 200; place++) {
            if (mask[place] == 0) {
                top = std::min(top, place / 20);
                bottom = std::max(bottom, place / 20);
                left = std::min(left, place % 20);
                right = std::max(right, place % 20);
                missing++;
            }
        }
        if (missing > 0) {
            REQUIRE(missing == (bottom - top + 1) * (right - left + 1));
            heights.insert(bottom - top + 1);
            widths.insert(right - left + 1);
        }
    }
    REQUIRE(heights == std::set<int>{1, 2, 3, 4, 5});
    REQUIRE(*widths.rbegin() == 10);
    REQUIRE(widths.size() == 10);
    Tensor first = copy_of(batch.mask);
    batches.fill(1, 0, batch);
    REQUIRE(std::memcmp(first.data(), batch.mask.data(), first.size_in_bytes()) != 0);
    batches.fill(0, 0, batch);
    REQUIRE(std::memcmp(first.data(), batch.mask.data(), first.size_in_bytes()) == 0);
}

TEST_CASE("the loss is that of the network that sees the same mask", "[training][masks]") {
    const Model description = tiny_network("marginal_pool");
    const Dataset dataset = noise(description.input, 12, static_cast<int>(description.classes.size()), 3);
    TrainableNetwork network(description);
    network.initialize(7);
    LossGradient gradient(network, "", {12, false, true, true}, device_under_test());
    fill(gradient, dataset);
    gradient.run();
    Network runnable(network.model(), options_under_test());
    Tensor log_posterior = make_tensor<float>({12, runnable.result_size()});
    runnable.run({gradient.batch.inputs, log_posterior, &gradient.batch.mask});
    double loss = 0;
    for (int i = 0; i < 12; i++) {
        const int label = static_cast<const std::int32_t *>(gradient.batch.labels.data())[i];
        loss -= static_cast<const float *>(log_posterior.data())[i * runnable.result_size() + label] / 12.;
    }
    REQUIRE(gradient.loss() == Approx(loss).epsilon(1e-5));
}

TEST_CASE("the gradient is that of the loss where pixels are unobserved", "[training][masks]") {
    const Model description = tiny_network("marginal_pool");
    const Dataset dataset = noise(description.input, 12, static_cast<int>(description.classes.size()), 3);
    TrainableNetwork network(description);
    network.initialize(7);
    LossGradient gradient(network, "", {12, false, true, true}, device_under_test());
    fill(gradient, dataset);
    gradient.run();
    auto *values = static_cast<float *>(network.values.data());
    const auto *slopes = static_cast<const float *>(network.gradient.data());
    const std::vector<float> found(slopes, slopes + network.gradient.number_of_elements());
    const float largest = *std::max_element(found.begin(), found.end());
    REQUIRE(largest > 1e-3f);
    const auto loss_at = [&](std::size_t i, float value) {
        const float before = values[i];
        values[i] = value;
        gradient.run();
        values[i] = before;
        return gradient.loss();
    };
    // Steps of 2^-5 leave differences of about 1e-3 of losses in float32.
    for (std::size_t i = 0; i < found.size(); i += 3) {
        const float step = 0.03125f;
        const double slope = (loss_at(i, values[i] + step) - loss_at(i, values[i] - step)) / (2. * step);
        CAPTURE(i, found[i], slope);
        REQUIRE(std::fabs(found[i] - slope) <= 0.02 * largest);
    }
}

TEST_CASE("training with rectangles unobserved learns, and can be interrupted", "[training][masks]") {
    const Dataset dataset = bars(300, 1), unseen = bars(100, 2);
    TrainingOptions options;
    options.epochs = 5;
    options.device = device_under_test();
    options.batch = 20;
    options.augmentation = unobserved(0.4);
    Trainer whole(bar_network(), dataset, options);
    run_to(whole, whole.steps());
    Network network(whole.model(), options_under_test());
    REQUIRE(evaluate(network, unseen).accuracy > 0.95);
    TemporaryFolder folder;
    Trainer interrupted(bar_network(), dataset, options);
    run_to(interrupted, 17);
    interrupted.save(folder / "checkpoint");
    Trainer resumed(bar_network(), dataset, options);
    resumed.load(folder / "checkpoint");
    run_to(resumed, resumed.steps());
    REQUIRE(same_bits(resumed.model(), whole.model()));
    options.augmentation = {};
    Trainer other(bar_network(), dataset, options);
    REQUIRE_THROWS_AS(other.load(folder / "checkpoint"), Error);
}

TEST_CASE("what cannot be unobserved is refused", "[training][masks]") {
    const Dataset dataset = bars(60, 1);
    TrainingOptions options;
    options.batch = 20;
    options.augmentation = unobserved(1.5);
    REQUIRE_THROWS_WITH(Trainer(bar_network(), dataset, options), Catch::Contains("found 1.5"));
    options.augmentation = unobserved(0.5);
    Model real = bar_network();
    real.input.kind = InputKind::real;
    real.layers.front() = conv_layer("a", 3, 4);
    REQUIRE_THROWS_WITH(Trainer(real, dataset, options), Catch::Contains("Bernoulli"));
}
