// Class weights: their numbers, the weighted gradient, and what they do for a rare class.
#include "toolkit/training/class_weights.h"
#include "runtime/error.h"
#include "tests/device_under_test.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/evaluation/evaluation.h"
#include "toolkit/training/trainer.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

std::vector<int> all(const Dataset &dataset) {
    std::vector<int> samples(dataset.labels.size());
    std::iota(samples.begin(), samples.end(), 0);
    return samples;
}

// Two overlapping squares of points, the second one for each twentieth sample.
Dataset unbalanced(std::uint64_t seed) {
    Dataset dataset = numeric_noise(vector_input(2), 600, 2, 0, seed);
    auto *numbers = static_cast<float *>(dataset.features.data());
    for (std::size_t i = 0; i < dataset.labels.size(); i++) {
        dataset.labels[i] = i % 20 == 0 ? 1 : 0;
        numbers[2 * i] += dataset.labels[i] == 1 ? 0.8f : 0.f;
    }
    return dataset;
}

Model line_network() {
    Model model;
    model.input = vector_input(2);
    Layer end;
    end.op = "log_softmax";
    model.layers = {linear_layer("last", 2), end};
    return model;
}

TrainingOptions weighted(const std::string &weights) {
    TrainingOptions options;
    options.epochs = 20;
    options.batch = 20;
    options.class_weights = weights;
    options.device = device_under_test();
    return options;
}

// Shares of the samples of each class that are told right, by label.
std::vector<double> told(const std::string &weights) {
    const Dataset dataset = unbalanced(1), unseen = unbalanced(2);
    Trainer trainer(line_network(), dataset, weighted(weights));
    run_to(trainer, trainer.steps());
    Network network(trainer.model(), options_under_test());
    const std::vector<std::vector<int>> confusion = evaluate(network, unseen).confusion;
    std::vector<double> shares;
    for (std::size_t label = 0; label < confusion.size(); label++) {
        const int count = std::accumulate(confusion[label].begin(), confusion[label].end(), 0);
        shares.push_back(static_cast<double>(confusion[label][label]) / count);
    }
    return shares;
}

struct Weighted {
    double loss;
    std::vector<float> gradient;
};

// On one batch of all samples.
Weighted gradient_with(const std::vector<float> &weights, const Model &description, const Dataset &dataset,
                       const std::string &loss) {
    TrainableNetwork network(description);
    network.initialize(3);
    BatchFormat format{dataset.count(), dataset.is_numeric()};
    format.class_weights = weights;
    LossGradient gradient(network, loss, format, device_under_test());
    Batches(dataset, all(dataset), dataset.count(), {}, 0).fill(0, 0, gradient.batch);
    gradient.run();
    const auto *numbers = static_cast<const float *>(network.gradient.data());
    return {gradient.loss(), {numbers, numbers + network.gradient.number_of_elements()}};
}

void check_sum_of_classes(const Model &description, const Dataset &dataset, const std::string &loss) {
    const auto found = [&](const std::vector<float> &weights) {
        return gradient_with(weights, description, dataset, loss);
    };
    const Weighted plain = found({}), ones = found({1, 1, 1}), mixed = found({0.5f, 2, 3});
    REQUIRE(ones.loss == plain.loss);
    REQUIRE(ones.gradient == plain.gradient);
    const Weighted parts[] = {found({1, 0, 0}), found({0, 1, 0}), found({0, 0, 1})};
    REQUIRE(mixed.loss == Approx(0.5 * parts[0].loss + 2 * parts[1].loss + 3 * parts[2].loss).epsilon(1e-6));
    double largest = 0;
    for (std::size_t i = 0; i < mixed.gradient.size(); i++) {
        const double sum =
            0.5 * parts[0].gradient[i] + 2.0 * parts[1].gradient[i] + 3.0 * parts[2].gradient[i];
        largest = std::max(largest, std::fabs(sum));
        REQUIRE(mixed.gradient[i] == Approx(sum).margin(1e-5));
    }
    REQUIRE(largest > 0.01);
}

}  // namespace

TEST_CASE("balanced classes have the same share in the loss", "[training][class_weights]") {
    Dataset dataset = noise({8, 8, 1}, 10, 3, 1);
    dataset.labels = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2};
    REQUIRE(class_weights("", dataset, all(dataset)).empty());
    const std::vector<float> balanced = class_weights("balanced", dataset, all(dataset));
    REQUIRE(balanced == std::vector<float>{10.f / 18, 10.f / 9, 10.f / 3});
    REQUIRE(class_weights("1,2.5,1e-3", dataset, all(dataset)) == std::vector<float>{1, 2.5f, 1e-3f});
    // Counted among the samples that training sees.
    REQUIRE(class_weights("balanced", dataset, {0, 6, 7, 8}) == std::vector<float>{2, 2.f / 3, 1});
}

TEST_CASE("a weighted gradient is the sum of the classes' parts", "[training][class_weights]") {
    check_sum_of_classes(tiny_network("marginal_pool"), noise({9, 8, 1}, 16, 3, 3), "");
    Model numbers;
    numbers.input = real_input(9, 8, 1);
    numbers.layers = {conv_layer("first", 3, 4), linear_layer("last", 3)};
    check_sum_of_classes(numbers, noise({9, 8, 1}, 16, 3, 3), "squared_error");
}

TEST_CASE("balanced weights find a rare class", "[training][class_weights]") {
    const std::vector<double> plain = told(""), balanced = told("balanced");
    INFO("rare class: " << plain[1] << " without weights, " << balanced[1] << " with");
    REQUIRE(balanced[1] > plain[1] + 0.2);
    REQUIRE(balanced[0] > 0.5);
    REQUIRE(told("1,19")[1] > plain[1] + 0.2);
}

TEST_CASE("class weights that make no sense are refused", "[training][class_weights]") {
    const Dataset dataset = unbalanced(1);
    for (const char *weights : {"equal", "1,0", "1,-1", "1,nan", "1,", "1,1e-60"}) {
        REQUIRE_THAT(refusal_of(line_network(), dataset, weighted(weights)),
                     Contains("class weights") || Contains("Class weights"));
    }
    REQUIRE_THAT(refusal_of(line_network(), dataset, weighted("1,2,3")),
                 Contains("There are 3 class weights"));
    TrainingOptions options = weighted("balanced");
    options.loss = "h_score";
    REQUIRE_THAT(refusal_of(line_network(), dataset, options), Contains("of the whole batch"));
}
