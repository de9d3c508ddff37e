// Retraining on a budget: what a log remembers, and what is given up in time. Adams2019 itself is asked by
// the tests of the command line.
#include "tests/runtime/models.h"
#include "toolkit/system/clock.h"
#include "toolkit/tuning/retraining_log.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd::testing;
using namespace fsd::tuning;
using fsd::seconds_now;

namespace {

RetrainedShape compared_shape() {
    RetrainedShape shape;
    shape.op = "kld_linear";
    shape.shape = {{"sample", 2}, {"input", 3}, {"output", 4}};
    shape.own_seconds = shape.retrained_seconds = shape.default_seconds = 1e-6;
    shape.ratio = {0.75, 0.875, 1};
    return shape;
}

}  // namespace

TEST_CASE("a log of retraining counts what earlier runs did", "[tuning]") {
    const TemporaryFolder folder;
    {
        RetrainingLog log(folder.path());
        log.schedule({"a", 1, "timed", "", 1e-6}, 2);
        log.training(1);
        log.schedule({"a", 2, "wrong", "It is wrong.", 0}, 2);
        log.schedule({"a", 3, "timed", "", 1e-6}, 2);
        log.given_up(0.5);
    }
    write_bytes(folder / "log.jsonl", read_bytes(folder / "log.jsonl") + "{\"seed\": 4, \"verd");
    const RetrainingLog log(folder.path());
    CHECK(log.drawn() == 3);
    CHECK(log.wrong() == 1);
    CHECK(log.failed() == 0);
    CHECK(log.done().samples == 2);
    CHECK(log.done().learned == 1);
    CHECK(log.done().rounds == 1);
    CHECK(log.done().elapsed == 7.5);
}

TEST_CASE("a comparison holds until the next training", "[tuning]") {
    const TemporaryFolder folder;
    {
        RetrainingLog log(folder.path());
        log.schedule({"a", 1, "timed", "", 1e-6}, 1);
        log.training(1);
        log.comparison("a", compared_shape(), 1);
    }
    RetrainingLog log(folder.path());
    REQUIRE(log.compared("a"));
    CHECK(json_of(*log.compared("a")) == json_of(compared_shape()));
    CHECK_FALSE(log.compared("b"));
    log.training(1);
    CHECK_FALSE(log.compared("a"));
    CHECK_FALSE(RetrainingLog(folder.path()).compared("a"));
}

TEST_CASE("work that would outlast the budget of a retraining is given up", "[tuning]") {
    const TemporaryFolder folder;
    // In the place of the build's generators: one that never ends.
    const auto script = [&](const std::string &name, const std::string &body) {
        write_bytes(folder / name, "#!/bin/sh\n" + body + "\n");
        std::filesystem::permissions(folder / name, std::filesystem::perms::owner_all);
    };
    script("kld_linear.cpu.generator", "sleep 600");
    BuildTree tree = open_build_tree(FSDNET_BUILD);
    tree.generators = tree.folder = folder.path();
    const Subject subject{"kld_linear",
                          families_of_this_machine().front(),
                          "any",
                          "0123456789abcdef",
                          1,
                          {compared_shape().shape}};
    std::filesystem::create_directories(folder / "w.weights.samples");
    RetrainingLog(folder / "w.weights.samples").schedule({"a", 1, "timed", "", 1e-6}, 0);
    RetrainingLog(folder / "w.weights.samples").training(0);
    RetrainingOptions options;
    options.weights = folder / "w.weights";
    options.budget = 3;
    const double start = seconds_now();
    const Retraining result = retrain(tree, {subject}, options);
    // Two seconds for schedules, one for comparing; far from the limit of a minute for each.
    CHECK(seconds_now() - start < 30);
    CHECK(result.done.samples == 1);
    CHECK(result.failed == 0);
    CHECK(result.done.elapsed >= 2.9);
    REQUIRE(result.shapes.size() == 1);
    CHECK(result.shapes.front().left_out);
}
