// Training as a whole: it learns, it can be interrupted, and its result does not depend on threads.
#include "toolkit/training/trainer.h"
#include "runtime/error.h"
#include "runtime/threads.h"
#include "tests/datasets/files.h"
#include "tests/device_under_test.h"
#include "tests/runtime/allocations.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/evaluation/evaluation.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <random>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

TEST_CASE("training learns what can be learned", "[training]") {
    const Dataset dataset = bars(300, 1), unseen = bars(100, 2);
    TrainingOptions options;
    options.epochs = 5;
    options.device = device_under_test();
    options.batch = 20;
    Trainer trainer(bar_network(), dataset, options);
    run_to(trainer, trainer.steps());
    REQUIRE(trainer.history().size() == 5);
    // At the beginning every class has about the same posterior: log 3 = 1.0986 nats.
    REQUIRE(trainer.history().front().loss < 1.2);
    REQUIRE(trainer.history().back().loss < 0.05);
    Network network(trainer.model(), options_under_test());
    REQUIRE(evaluate(network, unseen).accuracy == 1);
}

TEST_CASE("a resumed training gives the bits of an uninterrupted one", "[training]") {
    const Dataset dataset = bars(97, 1);
    Trainer whole(bar_network(), dataset, short_recipe());
    run_to(whole, whole.steps());
    REQUIRE(whole.finished());
    REQUIRE(whole.steps_per_epoch() == 9);
    TemporaryFolder folder;
    for (const std::int64_t stop : {0, 1, 9, 13, 27}) {
        INFO("interrupted after step " << stop);
        Trainer interrupted(bar_network(), dataset, short_recipe());
        run_to(interrupted, stop);
        interrupted.save(folder / "checkpoint");
        Trainer resumed(bar_network(), dataset, short_recipe());
        run_to(resumed, 2);  // load replaces whatever was there
        resumed.load(folder / "checkpoint");
        REQUIRE(resumed.step() == stop);
        run_to(resumed, resumed.steps());
        REQUIRE(same_bits(resumed.model(), whole.model()));
        REQUIRE(same_history(resumed, whole));
    }
}

TEST_CASE("a checkpoint of another run, or a damaged one, is refused", "[training]") {
    const Dataset dataset = bars(97, 1);
    Trainer trainer(bar_network(), dataset, short_recipe());
    run_to(trainer, 3);
    TemporaryFolder folder;
    const std::string path = folder / "checkpoint";
    trainer.save(path);

    TrainingOptions options = short_recipe();
    options.seed = 6;
    Trainer other_seed(bar_network(), dataset, options);
    REQUIRE_THAT(refusal_of_load(other_seed, path), Contains("its seed is 5, not 6"));
    const Dataset other_data = bars(97, 2);
    Trainer other(bar_network(), other_data, short_recipe());
    REQUIRE_THAT(refusal_of_load(other, path), Contains("its data is"));
    Model network = bar_network();
    network.layers[0].attributes["states"] = 5;
    Trainer other_network(network, dataset, short_recipe());
    REQUIRE_THAT(refusal_of_load(other_network, path), Contains("its network is"));

    REQUIRE_THAT(refusal_of_load(trainer, folder / "absent"), Contains("absent"));
    std::ifstream stream(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    folder.write("short", Bytes(bytes.begin(), bytes.end() - 1));
    REQUIRE_THAT(refusal_of_load(trainer, folder / "short"), Contains("short"));
    std::string old = bytes;
    old.replace(old.find("\"version\":\"6\""), 13, "\"version\":\"2\"");
    folder.write("old", Bytes(old.begin(), old.end()));
    REQUIRE_THAT(refusal_of_load(trainer, folder / "old"),
                 Contains("of version '2'") && Contains("versions 3 to 6"));
    REQUIRE(trainer.step() == 3);  // a refused checkpoint changes nothing
}

TEST_CASE("a checkpoint in which one bit has changed is refused, wherever it is", "[training]") {
    const Dataset dataset = bars(97, 1);
    Trainer trainer(bar_network(), dataset, short_recipe());
    run_to(trainer, 3);
    const TemporaryFolder folder;
    trainer.save(folder / "checkpoint");
    std::ifstream stream(folder / "checkpoint", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    std::mt19937 random(7);
    for (int flip = 0; flip < 400; flip++) {
        std::string spoiled = bytes;
        const std::size_t place = flip % 4 == 0 ? random() % 1500 : random() % bytes.size();
        spoiled[place] = static_cast<char>(spoiled[place] ^ 1 << flip % 8);
        folder.write("spoiled", Bytes(spoiled.begin(), spoiled.end()));
        INFO("byte " << place << ", bit " << flip % 8);
        REQUIRE_FALSE(refusal_of_load(trainer, folder / "spoiled").empty());
    }
    REQUIRE(trainer.step() == 3);
    trainer.load(folder / "checkpoint");
}

TEST_CASE("training gives the same bits for any number of threads", "[training]") {
    const Dataset dataset = bars(60, 1);
    const int before = threads();
    std::vector<Model> models;
    for (const int count : {1, 2, 5}) {
        set_threads(count);
        Trainer trainer(bar_network(), dataset, short_recipe());
        run_to(trainer, trainer.steps());
        models.push_back(trainer.model());
    }
    set_threads(before);
    REQUIRE(same_bits(models[0], models[1]));
    REQUIRE(same_bits(models[0], models[2]));
}

TEST_CASE("steps allocate nothing", "[training]") {
    if (device_under_test() != "cpu") {
        WARN("skipped: a device's driver takes the memory that it likes");
        return;
    }
    const Dataset dataset = bars(97, 1);
    TrainingOptions options = short_recipe();
    options.augmentation.turn = 10;
    Trainer trainer(bar_network(), dataset, options);
    run_to(trainer, 1);  // the kernels' scratch memory and threads
    const std::size_t before = allocation_count();
    run_to(trainer, 8);
    REQUIRE(allocation_count() == before);
}

TEST_CASE("the seed decides about the result", "[training]") {
    const Dataset dataset = bars(60, 1);
    TrainingOptions options = short_recipe();
    Trainer a(bar_network(), dataset, options), b(bar_network(), dataset, options);
    options.seed++;
    Trainer c(bar_network(), dataset, options);
    REQUIRE(same_bits(a.model(), b.model()));
    REQUIRE_FALSE(same_bits(a.model(), c.model()));
    REQUIRE(a.holdout() == b.holdout());
    REQUIRE(a.holdout() != c.holdout());
    REQUIRE(a.holdout().size() == 7);
}

TEST_CASE("what cannot be trained is refused with a sentence", "[training]") {
    const Dataset dataset = bars(20, 1);
    TrainingOptions options = short_recipe();
    REQUIRE(refusal_of(bar_network(), dataset, options) == "accepted");
    Model network = bar_network();
    network.layers[1].op = "hard_normalize";
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("layer 1 (hard_normalize)"));
    network = bar_network();
    network.layers[1].op = "relu";
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("layer 1 (relu)") && Contains("normalize"));
    network = bar_network();
    network.input.width = 9;
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("8 x 9"));
    network = bar_network();
    network.layers[3].attributes["states"] = 4;
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("last layer"));
    network = bar_network();
    network.classes = {"a", "b", "c"};
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("other classes"));
    network = bar_network();
    network.layers[0].name = "";
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("layer 0") && Contains("needs a name"));
    network.layers[0].name = network.layers[3].name;
    REQUIRE_THAT(refusal_of(network, dataset, options), Contains("another layer has the same name"));
    options.holdout = 15;
    REQUIRE_THAT(refusal_of(bar_network(), dataset, options), Contains("one batch of 10"));
    options.holdout = 0;
    options.augmentation.shift = 8;
    REQUIRE_THAT(refusal_of(bar_network(), dataset, options), Contains("shift 8"));
}

TEST_CASE("a training that leaves no distributions fails with a sentence", "[training]") {
    const Dataset dataset = bars(100, 1);
    TrainingOptions options = short_recipe();
    options.rate = 1e30;
    Trainer trainer(bar_network(), dataset, options);
    try {
        run_to(trainer, trainer.steps());
        FAIL("expected the training to fail");
    } catch (const Error &error) {
        REQUIRE(error.code() == ExitCode::check_failed);
        REQUIRE_THAT(error.what(), Contains("Training failed") && Contains("smaller rate"));
    }
}

TEST_CASE("one epoch of MNIST reaches 98 %", "[training][data]") {
    const std::string mnist = real_data("mnist");
    if (mnist.empty() || device_under_test() != "cpu") {  // minutes on PoCL
        return;
    }
    const Dataset dataset = load_dataset(mnist, Split::train);
    TrainingOptions options;
    options.epochs = 1;
    Trainer trainer(read_description(FSDNET_MODELS "/mnist-16-32.json"), dataset, options);
    run_to(trainer, trainer.steps());
    Network network(trainer.model());
    const Evaluation evaluation = evaluate(network, load_dataset(mnist, Split::test));
    WARN("test accuracy after one epoch: " << 100 * evaluation.accuracy << " %");
    REQUIRE(evaluation.accuracy >= 0.98);
}
