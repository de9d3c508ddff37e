// `fsdnet train` as a user runs it: on a folder of images, interrupted and resumed, with its files and its
// numbers.
#include "runtime/error.h"
#include "tests/command_line/process.h"
#include "tests/command_line/training_place.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

// Runs until the checkpoint appears, sends the signal, returns the exit code.
int interrupted(const std::vector<std::string> &arguments, const std::string &checkpoint, int signal) {
    std::vector<char *> line = {const_cast<char *>(FSDNET_PROGRAM)};
    for (const std::string &argument : arguments) {
        line.push_back(const_cast<char *>(argument.c_str()));
    }
    line.push_back(nullptr);
    std::fflush(nullptr);  // or the child would write it, too
    const pid_t child = fork();
    if (child == 0) {
        // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the streams stay the C library's
        if (!std::freopen("/dev/null", "w", stderr) || !std::freopen("/dev/null", "w", stdout)) {
            _exit(126);
        }
        execv(FSDNET_PROGRAM, line.data());
        _exit(127);
    }
    for (int wait = 0; wait < 3000 && !fs::exists(checkpoint); wait++) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("train writes a model, curves and its numbers", "[command_line][train]") {
    const TrainingPlace work;
    const nlohmann::json result = fsdnet_json(
        work.command("model.safetensors", {"--epochs", "4", "--holdout", "40", "--evaluate", "--curves",
                                           work / "curves.svg", "--log", work / "log.csv", "--profile"}));
    std::ifstream log(work / "log.csv");
    std::vector<std::string> lines;
    for (std::string line; std::getline(log, line);) {
        lines.push_back(line);
    }
    REQUIRE(lines.size() == 5);
    CHECK(lines[0] == "epoch,loss,accuracy,test_accuracy,test_nll,test_ece,held_out_loss,run");
    CHECK(lines[4].substr(0, 2) == "4,");
    CHECK(std::count(lines[4].begin(), lines[4].end(), ',') == 7);
    CHECK(lines[4].back() == ',');  // one run has no name
    CHECK(lines[4][lines[4].size() - 2] != ',');
    REQUIRE(result["images"] == 200);
    REQUIRE(result["epochs"].size() == 4);
    REQUIRE(result["epochs"][3]["loss"] < result["epochs"][0]["loss"]);
    REQUIRE(result["test"]["accuracy"] > 0.9);
    REQUIRE(result["epochs"][3]["test"]["images"] == 60);
    REQUIRE(result["calibration"]["images"] == 40);
    REQUIRE(result["novelty_images"] == 20);
    REQUIRE(result["calibration"].contains("ece_before"));
    REQUIRE(result["calibration"].contains("ece_after"));
    REQUIRE(result["profile"].contains("kld_conv_normalize first"));
    REQUIRE_THAT(read_bytes(work / "curves.svg"), Contains("<svg") && Contains("\ntest\n"));
    REQUIRE_FALSE(fs::exists(work / "model.safetensors.checkpoint"));

    const Model model = load_model(work / "model.safetensors");
    REQUIRE(model.novelty);
    REQUIRE(model.classes == std::vector<std::string>{"0", "1", "2"});
    REQUIRE_THAT(model.notes.at("command"),
                 Contains("--epochs 4") && Contains("--seed 0") && Contains("--holdout 40"));
}

TEST_CASE("the same command gives the same file, for any number of threads", "[command_line][train]") {
    const TrainingPlace work;
    REQUIRE(fsdnet(work.command("a", {"--epochs", "2", "--threads", "1"})).code == 0);
    REQUIRE(fsdnet(work.command("b", {"--epochs", "2", "--threads", "2"})).code == 0);
    REQUIRE(read_bytes(work / "a") == read_bytes(work / "b"));
    REQUIRE(fsdnet(work.command("c", {"--epochs", "2", "--seed", "1"})).code == 0);
    REQUIRE(read_bytes(work / "a") != read_bytes(work / "c"));
}

TEST_CASE("a shell takes the stored command and gives the same model", "[command_line][train]") {
    const TrainingPlace work;
    const std::string data = work / "it's my data";
    fs::rename(work / "data", data);
    const std::vector<std::string> line = {"train",
                                           "--data",
                                           data,
                                           "--description",
                                           work / "network.json",
                                           "--output",
                                           work / "first",
                                           "--epochs",
                                           "2",
                                           "--batch",
                                           "20",
                                           "--rate",
                                           "0.03",
                                           "--turn",
                                           "10.1",
                                           "--zoom",
                                           "0.15",
                                           "--noise",
                                           "12.5",
                                           "--shift",
                                           "1",
                                           "--flip",
                                           "--seed",
                                           "7",
                                           "--holdout",
                                           "30",
                                           "--refit"};
    REQUIRE(fsdnet(line).code == 0);
    const std::string command = load_model(work / "first").notes.at("command");
    REQUIRE_THAT(command, Contains(" --rate 0.03 ") && Contains(" --turn 10.1 ") &&
                              Contains(" --zoom 0.15 ") && Contains(" --noise 12.5 "));
    REQUIRE(command.rfind("fsdnet train ", 0) == 0);
    const std::string again = FSDNET_PROGRAM + command.substr(std::string("fsdnet").size()) + " --output '" +
                              (work / "second") + "' >'" + (work / "log") + "' 2>&1";
    REQUIRE(std::system(again.c_str()) == 0);
    REQUIRE(read_bytes(work / "first") == read_bytes(work / "second"));
}

TEST_CASE("an interrupted training is saved and resumed to the same file", "[command_line][train]") {
    const TrainingPlace work;
    // Enough epochs that the run cannot end before the signal arrives.
    const std::vector<std::string> recipe = {"--epochs", "600", "--holdout", "20"};
    REQUIRE(fsdnet(work.command("whole", recipe)).code == 0);
    for (const int signal : {SIGINT, SIGTERM}) {
        const std::string output = signal == SIGINT ? "stopped" : "ended",
                          checkpoint = work / (output + ".checkpoint");
        REQUIRE(interrupted(work.command(output, recipe), checkpoint, signal) == 1);
        REQUIRE(fs::exists(checkpoint));
        REQUIRE_FALSE(fs::exists(work / output));
        std::vector<std::string> resumed = recipe;
        resumed.emplace_back("--resume");
        REQUIRE(fsdnet(work.command(output, resumed)).code == 0);
        REQUIRE(read_bytes(work / output) == read_bytes(work / "whole"));
        REQUIRE_FALSE(fs::exists(checkpoint));
    }
}

TEST_CASE("outputs may be named relative to the current folder", "[command_line][train]") {
    const TrainingPlace work;
    const std::string line = "cd '" + (work / ".") +
                             "' && " FSDNET_PROGRAM
                             " train --data data --description network.json --batch 20 --epochs 1 --holdout 0"
                             " --output model --curves ./curves.svg --checkpoint kept >log 2>&1";
    REQUIRE(std::system(line.c_str()) == 0);
    for (const std::string name : {"model", "curves.svg", "kept"}) {
        REQUIRE(fs::exists(work / name));
    }
}

TEST_CASE("progress redraws its line only where a terminal can", "[command_line][train]") {
    const TrainingPlace work;
    std::string line = FSDNET_PROGRAM;
    for (const std::string &word : work.command("model", {"--epochs", "1", "--holdout", "0"})) {
        line += " " + word;
    }
    for (const std::string terminal : {"xterm", "dumb", ""}) {  // util-linux's script gives it a terminal
        const std::string command = text("TERM=", terminal, " script -qec '", line, "' '",
                                         std::string(work / "log"), "' >/dev/null 2>&1");
        REQUIRE(std::system(command.c_str()) == 0);
        const std::string log = read_bytes(work / "log");
        REQUIRE_THAT(log, Contains("epoch 1/1"));
        REQUIRE((log.find('\x1b') != std::string::npos) == (terminal == "xterm"));
    }
}

TEST_CASE("a class that no model file can name is refused before the first step", "[command_line][train]") {
    const TrainingPlace work;
    fs::rename(work / "data/train/1", work / "data/train/caf\xe9");
    require_refusal(work.command("model", {"--epochs", "1000"}), 3, R"(caf\xe9' in )");
}

TEST_CASE("refitting trains on all images and takes over the calibration", "[command_line][train]") {
    const TrainingPlace work;
    const nlohmann::json result =
        fsdnet_json(work.command("model", {"--epochs", "2", "--holdout", "60", "--refit"}));
    REQUIRE(result["images"] == 240);
    REQUIRE(result["calibration"]["images"] == 60);
    REQUIRE(fsdnet(work.command("plain", {"--epochs", "2", "--holdout", "0"})).code == 0);
    const Model refit = load_model(work / "model"), plain = load_model(work / "plain");
    const Tensor &a = refit.tensor("first.log_likelihood"), &b = plain.tensor("first.log_likelihood");
    REQUIRE(std::memcmp(a.data(), b.data(), a.size_in_bytes()) == 0);
    const double factor = result["calibration"]["observations_after"].get<double>() /
                          result["calibration"]["observations_before"].get<double>();
    const auto observations = [](const Model &model) {
        return *static_cast<const float *>(model.tensor("last.observations").data());
    };
    REQUIRE(observations(refit) == Approx(observations(plain) * factor).epsilon(1e-6));
}

TEST_CASE("train refuses what makes no sense with a sentence", "[command_line][train]") {
    const TrainingPlace work;
    require_refusal({"train"}, 2, "--data");
    require_refusal(work.command("m", {"--rate", "inf"}), 2, "above 0; found inf");
    require_refusal(work.command("m", {"--seed", "-1"}), 2, "--seed");
    // Found before the training, not after it.
    fs::create_directories(work / "folder");
    require_refusal(work.command("folder"), 3, "directory");
    require_refusal(work.command("none/m"), 3, "none/m' cannot be written: No such file");
    require_refusal(work.command("m", {"--curves", work / "none/c.svg"}), 3, "none/c.svg");
    require_refusal(work.command("m", {"--checkpoint", work / "none/c"}), 3, "none/c");
    require_refusal(
        {"train", "--data", work / "data", "--output", work / "m", "--description", work / "none.json"}, 3,
        "none.json: cannot be opened: No such file");
    require_refusal(work.command("m", {"--epochs", "0"}), 2, "--epochs");
    require_refusal(work.command("m", {"--rate", "-1"}), 2, "--rate");
    require_refusal(work.command("m", {"--holdout", "1"}), 2, "--holdout");
    require_refusal(work.command("m", {"--holdout", "0", "--refit"}), 2, "--refit");
    require_refusal(work.command("m", {"--holdout", "230"}), 3, "at least one batch of 20");
    require_refusal(work.command("m", {"--resume"}), 3, "m.checkpoint");
    require_refusal(work.command("absent/m", {"--epochs", "1"}), 3, "absent");
    require_refusal(
        {"train", "--data", work / "absent", "--description", work / "network.json", "--output", work / "m"},
        3, "absent");
    write_bytes(work / "broken.json", R"({"input": 3})");
    require_refusal(
        {"train", "--data", work / "data", "--description", work / "broken.json", "--output", work / "m"}, 3,
        "broken.json");
    write_bytes(work / "picture.json", "\x89PNG\r\n");
    require_refusal(
        {"train", "--data", work / "data", "--description", work / "picture.json", "--output", work / "m"}, 3,
        "JSON text that begins with '{'; this is a PNG image");
    write_images(bars(20, 3), work / "unsplit");
    require_refusal({"train", "--data", work / "unsplit", "--description", work / "network.json", "--output",
                     work / "m", "--batch", "5", "--evaluate"},
                    3, "no test images");
}
