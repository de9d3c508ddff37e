// Which states go, and training that begins with a trained network.
#include "toolkit/pruning/pruning.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "tests/runtime/models.h"
#include "tests/training/networks.h"
#include "toolkit/evaluation/evaluation.h"
#include "toolkit/jobs/training_run.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

TrainingOptions recipe(int epochs, double rate) {
    TrainingOptions options;
    options.epochs = epochs;
    options.batch = 20;
    options.rate = rate;
    return options;
}

Model trained_bars(const Dataset &data) {
    Trainer trainer(bar_network(), data, recipe(12, 0.03));
    while (!trainer.finished()) {
        trainer.run_step();
    }
    return trainer.model();
}

double accuracy(const Model &model, const Dataset &data) {
    Network network(model);
    return evaluate(network, data).accuracy;
}

// The prior leaves e^-80 for the state, so that it never occurs.
Model without_chance(Model model, int state) {
    const int states = model.layers[0].attribute("states");
    Tensor prior = copy_of(model.tensor(model.layers[0].name + ".log_prior"));
    auto *numbers = static_cast<float *>(prior.data());
    std::fill_n(numbers, states, static_cast<float>(-std::log(states - 1.)));
    numbers[state] = -80;
    model.tensors[model.layers[0].name + ".log_prior"] = prior;
    return model;
}

double largest_difference_of_tensors(const Model &one, const Model &other) {
    double largest = 0;
    REQUIRE(one.tensors.size() == other.tensors.size());
    for (const auto &[name, tensor] : one.tensors) {
        const Tensor &own = other.tensor(name);
        REQUIRE(shape_of(own) == shape_of(tensor));
        for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
            largest = std::max<double>(largest, std::fabs(static_cast<const float *>(own.data())[i] -
                                                          static_cast<const float *>(tensor.data())[i]));
        }
    }
    return largest;
}

}  // namespace

TEST_CASE("a state that never occurs is the first to go, and nobody misses it", "[pruning]") {
    const Dataset data = bars(60, 2);
    const Model trained = trained_bars(data);
    const int states = trained.layers[0].attribute("states");
    REQUIRE(states > 2);
    for (int state = 0; state < states; state++) {
        const Model model = without_chance(trained, state);
        const Pruning found = pruned(model, {{0, states - 1}}, data);
        REQUIRE(found.layers.size() == 1);
        const auto &kept = found.layers[0].kept.front();
        CHECK(std::find(kept.begin(), kept.end(), state) == kept.end());
        CHECK(found.layers[0].usefulness.groups[0].states[state].indicator <= 1e-9);
        Network before(model), after(found.model);
        const Tensor one = log_posteriors(before, data.inputs()),
                     other = log_posteriors(after, data.inputs());
        for (std::size_t i = 0; i < one.number_of_elements(); i++) {
            REQUIRE(static_cast<const float *>(other.data())[i] ==
                    Approx(static_cast<const float *>(one.data())[i]).margin(1e-4));
        }
    }
}

TEST_CASE("what cannot be removed is refused before any work", "[pruning]") {
    const Dataset data = bars(30, 2);
    Trainer trainer(bar_network(), data, recipe(1, 0.03));
    const Model model = trainer.model();
    const int states = model.layers[0].attribute("states");
    REQUIRE_THROWS_WITH(pruned(model, {{0, states}}, data), Contains("can stay") && Contains("found"));
    REQUIRE_THROWS_WITH(pruned(model, {{0, 1}}, data), Contains("found 1"));
    REQUIRE_THROWS_WITH(pruned(model, {{0, 2}, {0, 3}}, data), Contains("name it once"));
    REQUIRE_THROWS_WITH(pruned(model, {{model.layers.size() - 2, 2}}, data), Contains("no KLD layer"));
}

TEST_CASE("training begins with a model's numbers", "[pruning]") {
    const Dataset data = bars(60, 2);
    const Model trained = trained_bars(data);
    Trainer trainer(trained, data, recipe(1, 0.003));
    CHECK(largest_difference_of_tensors(trainer.model(), trained) > 0.01);  // drawn
    trainer.begin_with(trained);
    CHECK(largest_difference_of_tensors(trainer.model(), trained) <= 1e-5);
}

TEST_CASE("so does that of ordinary layers, running means and all", "[pruning]") {
    const Dataset data = numeric_noise(vector_input(6), 40, 3, 0, 4);
    Model description;
    description.input = vector_input(6);
    description.layers = {linear_layer("first", 5), batch_norm_layer("norm"), plain("relu"),
                          linear_layer("last", 3), plain("log_softmax")};
    Trainer first(description, data, recipe(1, 0.01));
    while (!first.finished()) {
        first.run_step();
    }
    Trainer second(description, data, recipe(1, 0.01));
    second.begin_with(first.model());
    CHECK(largest_difference_of_tensors(second.model(), first.model()) == 0);
    description.layers[0].attributes["channels"] = 4;
    Trainer other(description, data, recipe(1, 0.01));
    REQUIRE_THROWS_WITH(other.begin_with(first.model()), Contains("first."));
}

TEST_CASE("fine-tuning wins back what pruning lost", "[pruning]") {
    const Dataset data = bars(200, 2), others = bars(200, 9);
    const Model trained = trained_bars(data);
    REQUIRE(accuracy(trained, others) > 0.9);
    const Model fewer = pruned(trained, {{0, 2}}, data).model;
    Trainer trainer(fewer, data, recipe(4, 0.03));
    trainer.begin_with(fewer);
    run_training(trainer, {}, {});
    Network before(fewer), after(trainer.model());
    CHECK(evaluate(after, data).nll < evaluate(before, data).nll);
    CHECK(trainer.model().layers[0].attribute("states") == 2);
}

TEST_CASE("a checkpoint goes on with the beginning that it has, and no other", "[pruning]") {
    const TemporaryFolder folder;
    const Dataset data = bars(60, 2);
    const Model trained = trained_bars(data);
    const std::string path = folder / "checkpoint";
    const auto whole = [&] {
        Trainer trainer(trained, data, recipe(2, 0.01));
        trainer.begin_with(trained);
        for (int step = 0; !trainer.finished(); step++) {
            trainer.run_step();
            if (step == 1) {
                trainer.save(path);
            }
        }
        return trainer.model();
    }();
    Trainer resumed(trained, data, recipe(2, 0.01));
    REQUIRE_THROWS_WITH(resumed.load(path), Contains("seed"));  // begun with drawn numbers
    resumed.begin_with(trained);
    resumed.load(path);
    while (!resumed.finished()) {
        resumed.run_step();
    }
    CHECK(largest_difference_of_tensors(resumed.model(), whole) == 0);
}
