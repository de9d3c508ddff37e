// Training of ordinary networks keeps the promises: it learns, can be interrupted, and depends on no threads.
#include "runtime/error.h"
#include "runtime/threads.h"
#include "tests/datasets/files.h"
#include "tests/device_under_test.h"
#include "tests/runtime/allocations.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/evaluation/evaluation.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

Model ordinary_bar_network() {
    Model model;
    model.input = real_input(8, 8, 1);
    model.layers = {conv_layer("first", 3, 4), batch_norm_layer("norm"), plain("relu"),
                    pool("max_pool", 2, 2),    linear_layer("last", 3),  plain("log_softmax")};
    return model;
}

TrainingOptions sgd_recipe() {
    TrainingOptions options = short_recipe();
    options.optimizer = "sgd";
    options.rate = 0.02;
    options.weight_decay = 0.01;
    return options;
}

// t = 0.5 + A x for vectors of 3 numbers.
Dataset linear_function(int samples) {
    Dataset dataset = numeric_noise(vector_input(3), samples, 1, 2, 8);
    const auto *x = static_cast<const float *>(dataset.features.data());
    auto *t = static_cast<float *>(dataset.targets.data());
    for (int i = 0; i < samples; i++, x += 3, t += 2) {
        t[0] = 0.5f + x[0] - 2 * x[1];
        t[1] = 0.5f - x[1] + 0.25f * x[2];
    }
    return dataset;
}

Model regression() {
    Model model;
    model.input = vector_input(3);
    model.layers = {linear_layer("only", 2)};
    return model;
}

float weight_norm(const Model &model, const std::string &name) {
    const Tensor &tensor = model.tensor(name);
    double sum = 0;
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        const double number = static_cast<const float *>(tensor.data())[i];
        sum += number * number;
    }
    return static_cast<float>(std::sqrt(sum));
}

}  // namespace

TEST_CASE("an ordinary network learns what can be learned, with either optimizer", "[training]") {
    const Dataset dataset = bars(300, 1), unseen = bars(100, 2);
    for (const std::string optimizer : {"adam", "sgd"}) {
        INFO(optimizer);
        TrainingOptions options;
        options.epochs = 5;
        options.device = device_under_test();
        options.batch = 20;
        options.optimizer = optimizer;
        Trainer trainer(ordinary_bar_network(), dataset, options);
        run_to(trainer, trainer.steps());
        REQUIRE(trainer.history().back().loss < 0.1);
        // With the running statistics instead of the batches'.
        Network network(trainer.model(), options_under_test());
        REQUIRE(evaluate(network, unseen).accuracy == 1);
    }
}

TEST_CASE("a resumed training with batch normalization and momentum gives the bits of an uninterrupted one",
          "[training]") {
    const Dataset dataset = bars(97, 1);
    for (const std::string optimizer : {"sgd", "adam"}) {
        TrainingOptions options = sgd_recipe();
        options.optimizer = optimizer;
        Trainer whole(ordinary_bar_network(), dataset, options);
        run_to(whole, whole.steps());
        TemporaryFolder folder;
        for (const std::int64_t stop : {0, 1, 13, 27}) {
            INFO(optimizer << " interrupted after step " << stop);
            Trainer interrupted(ordinary_bar_network(), dataset, options);
            run_to(interrupted, stop);
            interrupted.save(folder / "checkpoint");
            Trainer resumed(ordinary_bar_network(), dataset, options);
            run_to(resumed, 2);  // load replaces whatever was there
            resumed.load(folder / "checkpoint");
            run_to(resumed, resumed.steps());
            REQUIRE(same_bits(resumed.model(), whole.model()));
            REQUIRE(same_history(resumed, whole));
        }
    }
}

TEST_CASE("ordinary networks train to the same bits for any number of threads", "[training]") {
    const Dataset dataset = bars(60, 1);
    const int before = threads();
    std::vector<Model> models;
    for (const int count : {1, 2, 5}) {
        set_threads(count);
        Trainer trainer(ordinary_bar_network(), dataset, sgd_recipe());
        run_to(trainer, trainer.steps());
        models.push_back(trainer.model());
    }
    set_threads(before);
    REQUIRE(same_bits(models[0], models[1]));
    REQUIRE(same_bits(models[0], models[2]));
}

TEST_CASE("steps of an ordinary regression allocate nothing", "[training]") {
    if (device_under_test() != "cpu") {
        WARN("skipped: a device's driver takes the memory that it likes");
        return;
    }
    const Dataset dataset = bars(97, 1);
    Model model = ordinary_bar_network();
    model.layers.pop_back();
    Trainer trainer(model, dataset, sgd_recipe());
    run_to(trainer, 1);  // the kernels' scratch memory and threads
    const std::size_t before = allocation_count();
    run_to(trainer, 8);
    REQUIRE(allocation_count() == before);
}

TEST_CASE("a checkpoint of another optimizer or decay is refused", "[training]") {
    const Dataset dataset = bars(97, 1);
    TrainingOptions options = sgd_recipe();
    Trainer trainer(ordinary_bar_network(), dataset, options);
    TemporaryFolder folder;
    const std::string path = folder / "checkpoint";
    trainer.save(path);
    options.optimizer = "adam";
    Trainer adam(ordinary_bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(adam, path), Contains("its optimizer is sgd, not adam"));
    options = sgd_recipe();
    options.momentum = 0.5;
    Trainer momentum(ordinary_bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(momentum, path), Contains("its momentum is 0.9, not 0.5"));
    options = sgd_recipe();
    options.weight_decay = 0;
    Trainer decay(ordinary_bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(decay, path), Contains("its weight decay is"));
    Model network = ordinary_bar_network();
    network.layers[1] = quadratic_layer(0.5);
    Trainer other(network, dataset, sgd_recipe());
    REQUIRE_THAT(refusal_of_load(other, path), Contains("its network is"));
}

TEST_CASE("a regression finds the function that gave its targets", "[training]") {
    const Dataset dataset = linear_function(200);
    TrainingOptions options;
    options.device = device_under_test();
    options.epochs = 40;
    options.batch = 20;
    options.optimizer = "sgd";
    Trainer trainer(regression(), dataset, options);
    REQUIRE_FALSE(trainer.has_classes());
    run_to(trainer, trainer.steps());
    REQUIRE(trainer.history().back().accuracy == 0);
    REQUIRE(trainer.history().back().loss < 1e-8);
    const Model model = trainer.model();
    REQUIRE(model.classes.empty());
    const auto *weight = static_cast<const float *>(model.tensor("only.weight").data());
    const auto *bias = static_cast<const float *>(model.tensor("only.bias").data());
    const float expected[] = {1, 0, -2, -1, 0, 0.25f};  // [input, output]
    for (int i = 0; i < 6; i++) {
        REQUIRE(weight[i] == Approx(expected[i]).margin(1e-3));
    }
    REQUIRE(bias[0] == Approx(0.5).margin(1e-3));
    REQUIRE(bias[1] == Approx(0.5).margin(1e-3));
}

TEST_CASE("a regression of classes counts the labels with the largest number", "[training]") {
    const Dataset dataset = bars(300, 1);
    Model model = ordinary_bar_network();
    model.layers.pop_back();
    TrainingOptions options;
    options.device = device_under_test();
    options.epochs = 4;
    Trainer trainer(model, dataset, options);
    run_to(trainer, trainer.steps());
    REQUIRE(trainer.history().back().accuracy > 0.95);
    REQUIRE(trainer.model().classes.empty());
}

TEST_CASE("weight decay makes weights smaller and leaves biases alone", "[training]") {
    const Dataset dataset = bars(60, 1);
    TrainingOptions options = sgd_recipe();
    options.rate = 1e-6;  // the gradient does nothing
    options.weight_decay = 0;
    Trainer without(ordinary_bar_network(), dataset, options);
    options.weight_decay = 1e4;  // each step keeps 99 % at the first rate
    Trainer with(ordinary_bar_network(), dataset, options);
    for (Trainer *trainer : {&without, &with}) {
        run_to(*trainer, 3);
    }
    // The rate falls as a cosine, and by less than 5 % in three of 15 steps.
    REQUIRE(weight_norm(with.model(), "last.weight") ==
            Approx(std::pow(0.99, 3) * weight_norm(without.model(), "last.weight")).epsilon(2e-3));
    REQUIRE(weight_norm(with.model(), "norm.scale") ==
            Approx(weight_norm(without.model(), "norm.scale")).epsilon(1e-5));
}

TEST_CASE("batch normalization keeps running statistics as PyTorch does", "[training]") {
    Model model;
    model.input = vector_input(1);
    model.layers = {batch_norm_layer("norm"), linear_layer("last", 1)};
    Dataset dataset = numeric_noise(model.input, 4, 1, 1, 2);
    TrainingOptions options;
    options.device = device_under_test();
    options.batch = 4;
    Trainer trainer(model, dataset, options);
    run_to(trainer, 1);
    const auto *x = static_cast<const float *>(dataset.features.data());
    double mean = 0, squares = 0;
    for (int i = 0; i < 4; i++) {
        mean += x[i] / 4;
    }
    for (int i = 0; i < 4; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    const Model trained = trainer.model();
    // From 0 and 1 one tenth of the way to the batch's mean and unbiased variance.
    REQUIRE(*static_cast<const float *>(trained.tensor("norm.mean").data()) ==
            Approx(0.1 * mean).margin(1e-7));
    REQUIRE(*static_cast<const float *>(trained.tensor("norm.variance").data()) ==
            Approx(0.9 + 0.1 * squares / 3).margin(1e-6));
}

TEST_CASE("data, network, loss and options that do not fit are refused with a sentence", "[training]") {
    const Dataset images = bars(20, 1), numbers = linear_function(20);
    TrainingOptions options = short_recipe();
    options.holdout = 0;
    REQUIRE_THAT(refusal_of(regression(), numbers, options), Contains("Only images can be shifted"));
    options.augmentation = {};
    REQUIRE(refusal_of(regression(), numbers, options) == "accepted");
    REQUIRE_THAT(refusal_of(regression(), images, options), Contains("images"));
    Model network = regression();
    network.layers[0].attributes["channels"] = 3;
    REQUIRE_THAT(refusal_of(network, numbers, options), Contains("gives 3 numbers") && Contains("2 targets"));
    network.layers.push_back(plain("log_softmax"));
    REQUIRE_THAT(refusal_of(network, numbers, options), Contains("numbers"));
    options.loss = "cross_entropy";
    REQUIRE_THAT(refusal_of(regression(), numbers, options),
                 Contains("no loss 'cross_entropy'") && Contains("squared_error"));
    options.loss = "";
    options.optimizer = "newton";
    REQUIRE_THAT(refusal_of(regression(), numbers, options), Contains("'newton'") && Contains("adam, sgd"));
    options = short_recipe();
    options.momentum = 1;
    REQUIRE_THAT(refusal_of(ordinary_bar_network(), images, options), Contains("momentum 1"));
    network.input = vector_input(64);
    network.layers = {plain("relu"), plain("log_softmax")};
    REQUIRE_THAT(refusal_of(network, numeric_noise(network.input, 20, 64, 0, 1), TrainingOptions{}),
                 Contains("nothing to train"));
}
