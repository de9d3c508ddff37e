// Batches that are split into parts: the order of the sums, and the same bits from any number of processes.
#include "tests/datasets/files.h"
#include "tests/device_under_test.h"
#include "tests/training/networks.h"
#include "tests/training/processes.h"
#include "tests/training/runs.h"
#include "toolkit/training/checkpoint.h"
#include "toolkit/training/part_sum.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <mutex>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

std::string formula(const TreeNode &node) {
    return node.is_leaf() ? std::to_string(node.first)
                          : "(" + formula(node.left()) + "+" + formula(node.right()) + ")";
}

// What a rank gives of its nodes, by its actions on formulas in the place of numbers.
std::vector<std::string> given(const PartTree &tree, int rank) {
    std::vector<std::string> kept(tree.levels()), given(tree.nodes(rank).size());
    int part = tree.first_part(rank);
    for (const auto &actions : tree.actions(rank)) {
        std::string now = std::to_string(part++);
        for (const PartTree::Action &action : actions) {
            if (action.what == PartTree::Action::add) {
                now = "(" + kept.at(action.which) + "+" + now + ")";
            } else if (action.what == PartTree::Action::keep) {
                kept.at(action.which) = now;
            } else {
                given.at(action.which) = now;
            }
        }
    }
    return given;
}

struct Trained {
    Model model;
    std::vector<EpochRecord> history;
};

// The same in all processes, or the test fails.
Trained trained(const Model &network, const Dataset &dataset, const TrainingOptions &options, int processes) {
    Trained result;
    std::mutex lock;
    int ended = 0;
    bool same = true;
    in_processes(processes, [&](Communicator &communicator) {
        Trainer trainer(network, dataset, options, communicator);
        trainer.check_agreement();
        run_to(trainer, trainer.steps());
        const std::lock_guard<std::mutex> guard(lock);
        same = same && (ended == 0 || same_bits(trainer.model(), result.model));
        result = {trainer.model(), trainer.history()};
        ended++;
    });
    REQUIRE(ended == processes);
    REQUIRE(same);
    return result;
}

void require_same_bits(const Model &network, const Dataset &dataset, const TrainingOptions &options,
                       const std::vector<int> &processes) {
    const Trained one = trained(network, dataset, options, 1);
    for (const int count : processes) {
        INFO(options.parts << " parts, " << count << " processes");
        const Trained several = trained(network, dataset, options, count);
        REQUIRE(same_bits(several.model, one.model));
        REQUIRE(several.history.back().loss == one.history.back().loss);
        REQUIRE(several.history.back().accuracy == one.history.back().accuracy);
    }
}

// On the CPU: threads of one process would share a device's context.
TrainingOptions recipe_of(int parts) {
    TrainingOptions options = short_recipe();
    options.device = "cpu";
    options.epochs = 2;
    options.parts = parts;
    return options;
}

}  // namespace

TEST_CASE("parts are added in the order of one tree, whoever computes them", "[training]") {
    for (int parts = 1; parts <= 17; parts++) {
        for (int ranks = 1; ranks <= parts; ranks++) {
            INFO(parts << " parts, " << ranks << " ranks");
            const PartTree tree(parts, ranks);
            std::vector<std::string> leaves, stack;
            for (int rank = 0; rank < ranks; rank++) {
                REQUIRE(tree.end_part(rank) > tree.first_part(rank));
                for (const std::string &node : given(tree, rank)) {
                    leaves.push_back(node);
                }
            }
            for (const PartTree::Combination &step : tree.combinations()) {
                if (step.what == PartTree::Combination::push) {
                    stack.push_back(leaves.at(step.which));
                } else {
                    const std::string right = stack.back();
                    stack.pop_back();
                    stack.back() = "(" + stack.back() + "+" + right + ")";
                }
                REQUIRE(static_cast<int>(stack.size()) <= tree.levels() + 1);
            }
            REQUIRE(stack == std::vector<std::string>{formula({0, parts})});
        }
    }
    REQUIRE(formula({0, 5}) == "((0+1)+(2+(3+4)))");
}

TEST_CASE("sums have the bits of one process, whether cut into segments or sent to all", "[training]") {
    constexpr int parts = 5;
    const auto number_of = [](int part, int at) { return std::ldexp(1.0f + 0.37f * at, 7 * part - at % 11); };
    for (const int count : {3, 1000, 10007}) {  // numbers; the last ones are more than 16 KB
        std::vector<float> expected;
        for (const int ranks : {1, 2, 3, 4, 5}) {
            std::mutex lock;
            in_processes(ranks, [&](Communicator &communicator) {
                const PartTree tree(parts, ranks);
                std::vector<float> numbers(count);
                PartSum sum(tree, communicator, 1, numbers.data(), count);
                for (int round = 0; round < 2; round++) {
                    for (int part = tree.first_part(communicator.rank());
                         part < tree.end_part(communicator.rank()); part++) {
                        for (int at = 0; at < count; at++) {
                            numbers[at] = number_of(part, at);
                        }
                        sum.add_part(part);
                        sum.advance();
                    }
                    sum.finish();
                }
                const std::lock_guard<std::mutex> guard(lock);
                if (expected.empty()) {
                    expected = numbers;
                }
                if (expected != numbers) {
                    throw std::runtime_error("The sums differ.");
                }
            });
        }
        REQUIRE(expected[1] == ((number_of(0, 1) + number_of(1, 1)) +
                                (number_of(2, 1) + (number_of(3, 1) + number_of(4, 1)))));
    }
}

TEST_CASE("any number of processes trains to the bits of one", "[training]") {
    const Dataset dataset = bars(97, 1);
    SECTION("by either optimizer, with parts of the same size and of others") {
        for (const int parts : {2, 3, 4}) {
            TrainingOptions options = recipe_of(parts);
            require_same_bits(bar_network(), dataset, options, {2, parts});
            options.optimizer = "sgd";
            options.weight_decay = 0.01;
            require_same_bits(bar_network(), dataset, options, {2});
        }
    }
    SECTION("with running statistics") {
        require_same_bits(normalized_bar_network(), dataset, recipe_of(4), {2, 3, 4});
    }
    SECTION("with every augmentation") {
        TrainingOptions options = recipe_of(3);
        options.augmentation = {1, true, 10, 0.1, 30, 0.5};
        require_same_bits(bar_network(), dataset, options, {2, 3});
    }
    SECTION("by a loss of whole parts, and with weighted classes") {
        TrainingOptions options = recipe_of(2);
        options.loss = "h_score";
        require_same_bits(normalized_bar_network(), dataset, options, {2});
        options.loss = "";
        options.class_weights = "balanced";
        require_same_bits(bar_network(), dataset, options, {2});
    }
}

TEST_CASE("the gradient of a split batch is that of the batch", "[training]") {
    const Dataset dataset = bars(50, 3);
    const auto gradient = [&](int parts) {
        TrainableNetwork network(fitted_description(bar_network(), dataset));
        network.initialize(1);
        SplitGradient split(network, "", {50, false, true}, device_under_test(), parts, alone());
        std::vector<int> all = all_but({}, dataset);
        Batches batches(dataset, all, 50, {}, 2);
        split.run([&](int first, Batch &part) { batches.fill(0, 0, part, first); });
        const auto *numbers = static_cast<const float *>(network.gradient.data());
        std::vector<double> result(numbers, numbers + network.gradient.number_of_elements());
        result.push_back(split.loss());
        result.push_back(split.correct());
        return result;
    };
    const std::vector<double> whole = gradient(1);
    for (const int parts : {2, 7, 50}) {
        const std::vector<double> split = gradient(parts);
        for (std::size_t i = 0; i < whole.size(); i++) {
            INFO(parts << " parts, number " << i);
            // Sums of 50 float32 samples in another order; the largest numbers are of the order of 1.
            REQUIRE(split[i] == Approx(whole[i]).epsilon(1e-4).margin(1e-5));
        }
    }
}

TEST_CASE("a checkpoint goes on with another number of processes, and with its own parts", "[training]") {
    const Dataset dataset = bars(97, 1);
    const TrainingOptions options = recipe_of(4);
    const Trained whole = trained(normalized_bar_network(), dataset, options, 1);
    const TemporaryFolder folder;
    const std::string path = folder / "checkpoint";
    in_processes(2, [&](Communicator &communicator) {
        Trainer trainer(normalized_bar_network(), dataset, options, communicator);
        run_to(trainer, 13);
        if (communicator.leads()) {
            trainer.save(path);
        }
    });
    REQUIRE(parts_of_checkpoint(path) == 4);
    Model resumed;
    in_processes(3, [&](Communicator &communicator) {
        Trainer trainer(normalized_bar_network(), dataset, options, communicator);
        trainer.load(path);
        run_to(trainer, trainer.steps());
        if (communicator.leads()) {
            resumed = trainer.model();
        }
    });
    REQUIRE(same_bits(resumed, whole.model));
    Trainer other(normalized_bar_network(), dataset, recipe_of(1));
    REQUIRE_THAT(refusal_of_load(other, path), Contains("its parts is 4, not 1"));
}

TEST_CASE("parts that no batch has are refused", "[training]") {
    const Dataset dataset = bars(97, 1);
    REQUIRE_THAT(refusal_of(bar_network(), dataset, recipe_of(11)), Contains("found 11 parts"));
    REQUIRE_THROWS_WITH(trained(bar_network(), dataset, recipe_of(2), 3), Contains("processes, 3"));
}

TEST_CASE("what fails in one process fails in all, with its sentence", "[training]") {
    std::mutex lock;
    int failed = 0;
    in_processes(3, [&](Communicator &communicator) {
        try {
            together(communicator, [&] {
                if (communicator.rank() == 1) {
                    throw Error(ExitCode::bad_input, "There is no such file.");
                }
            });
        } catch (const CommonError &error) {
            const std::lock_guard<std::mutex> guard(lock);
            failed += error.code() == ExitCode::bad_input &&
                      error.what() == std::string("rank 1 of 3: There is no such file.");
        }
    });
    REQUIRE(failed == 3);
    const Dataset dataset = bars(97, 1), other_dataset = bars(97, 2);
    REQUIRE_THROWS_WITH(
        in_processes(2,
                     [&](Communicator &communicator) {
                         const Dataset &own = communicator.leads() ? dataset : other_dataset;
                         Trainer(bar_network(), own, recipe_of(2), communicator).check_agreement();
                     }),
        Contains("for rank 1 of 2 the data is"));
}
