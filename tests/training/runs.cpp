// Runs, comparisons and refusals of trainers.
#include "tests/training/runs.h"

#include "runtime/error.h"
#include "tests/device_under_test.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

namespace fsd::testing {
TrainingOptions short_recipe() {
    TrainingOptions options;
    options.epochs = 3;
    options.batch = 10;
    options.augmentation = {1, true};
    options.holdout = 7;
    options.seed = 5;
    options.device = device_under_test();
    return options;
}

void run_to(Trainer &trainer, std::int64_t step) {
    while (trainer.step() < step) {
        trainer.run_step();
    }
}

bool same_bits(const Model &a, const Model &b) {
    for (const auto &[name, tensor] : a.tensors) {
        const Tensor &other = b.tensor(name);
        if (shape_of(tensor) != shape_of(other) ||
            std::memcmp(tensor.data(), other.data(), tensor.size_in_bytes()) != 0) {
            return false;
        }
    }
    return a.tensors.size() == b.tensors.size();
}

bool same_history(const Trainer &a, const Trainer &b) {
    return std::equal(a.history().begin(), a.history().end(), b.history().begin(), b.history().end(),
                      [](const EpochRecord &x, const EpochRecord &y) {
                          return x.loss == y.loss && x.accuracy == y.accuracy;
                      });
}

std::string refusal_of_load(Trainer &trainer, const std::string &path) {
    try {
        trainer.load(path);
    } catch (const Error &error) {
        REQUIRE(error.code() == ExitCode::bad_input);
        return error.what();
    }
    FAIL("expected the checkpoint to be refused");
    return "";
}

std::string refusal_of(const Model &network, const Dataset &dataset, const TrainingOptions &options) {
    try {
        Trainer(network, dataset, options);
    } catch (const Error &error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace fsd::testing
