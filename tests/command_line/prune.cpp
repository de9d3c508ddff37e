// `fsdnet prune` and `fsdnet inspect --usefulness` as a user runs them.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"
#include "tests/training/networks.h"
#include "toolkit/npy/npy.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

// x.npy and l.npy: 300 images of bars; m.safetensors: a network for them, drawn at random.
struct Bars {
    TemporaryFolder folder;
    std::string model = folder / "m.safetensors", data = folder / "x.npy", labels = folder / "l.npy",
                output = folder / "p.safetensors";

    Bars() {
        Dataset drawn = bars(300, 3);
        write_bytes(data, npy_bytes(drawn.images, shape_of(drawn.images)));
        write_bytes(labels, npy_bytes(view_tensor(halide_type_of<int>(), drawn.labels.data(), {300}), {300}));
        Model network = bar_network();
        network.classes = {"0", "1", "2"};
        save_model(with_parameters(network, 3), model);
    }

    std::vector<std::string> prune(std::vector<std::string> more) const {
        more.insert(more.begin(),
                    {"prune", "--model", model, "--data", data, "--labels", labels, "--output", output});
        return more;
    }
};

int states_of_first(const std::string &path) {
    return load_model(path).layers[0].attribute("states");
}

}  // namespace

TEST_CASE("inspect ranks states by what they tell of the class", "[command_line][inspect]") {
    const Bars bars;
    const std::vector<std::string> command = {"inspect", "--model",  bars.model,  "--data",
                                              bars.data, "--labels", bars.labels, "--usefulness"};
    const auto found = fsdnet_json(command);
    const auto &layer = found["layers"][0]["usefulness"];
    REQUIRE(layer["groups"].size() == 1);
    const auto &states = layer["groups"][0]["states"];
    REQUIRE(states.size() == static_cast<std::size_t>(states_of_first(bars.model)));
    double sum = 0, probability = 0, last = HUGE_VAL;
    for (const auto &state : states) {
        REQUIRE(double(state["indicator"]) <= last);
        last = state["indicator"];
        sum += double(state["contribution"]);
        probability += double(state["probability"]);
    }
    REQUIRE(sum == Approx(double(layer["information"])));
    REQUIRE(probability == Approx(1));
    REQUIRE_FALSE(found["layers"][1].contains("usefulness"));
    const Outcome table = fsdnet(command);
    REQUIRE(table.code == 0);
    REQUIRE_THAT(table.output, Contains("I(1[H=s];Y)") && Contains("rank  state") && !Contains("nan"));
    require_refusal({"inspect", "--model", bars.model, "--usefulness"}, 2, "give --data");
}

TEST_CASE("prune writes a network that runs, compiles and quantizes", "[command_line][prune]") {
    const Bars bars;
    const int before = states_of_first(bars.model);
    REQUIRE(before > 3);
    const auto found = fsdnet_json(bars.prune({"--keep", "3"}));
    REQUIRE(found["layers"][0]["states"] == 3);
    REQUIRE(found["layers"][0]["states_before"] == before);
    REQUIRE(found["layers"][0]["removed"][0].size() == static_cast<std::size_t>(before - 3));
    REQUIRE(found["parameters"] < found["parameters_before"]);
    REQUIRE(found["measured"]["fine_tuned"].is_null());
    REQUIRE(found["test"].is_null());
    const Model pruned = load_model(bars.output);
    REQUIRE(pruned.layers[0].attribute("states") == 3);
    REQUIRE_THAT(pruned.notes.at("pruned"), Contains("-> 3 states"));
    const auto evaluated =
        fsdnet_json({"evaluate", "--model", bars.output, "--data", bars.data, "--labels", bars.labels});
    REQUIRE(double(evaluated["accuracy"]) == Approx(double(found["measured"]["pruned"]["accuracy"])));
    REQUIRE(fsdnet({"quantize", bars.output, "--out", bars.folder / "q.safetensors"}).code == 0);
    REQUIRE(fsdnet({"compile", bars.output, "-o", bars.folder / "out", "--target", "host"}).code == 0);
}

TEST_CASE("prune fine-tunes what is left, the same way every time", "[command_line][prune]") {
    const Bars bars;
    const std::vector<std::string> command =
        bars.prune({"--keep", "3", "--layer", "0", "--fine-tune", "2", "--rate", "0.03", "--batch", "20",
                    "--holdout", "60"});
    const auto found = fsdnet_json(command);
    REQUIRE(found["held_out"] == true);
    REQUIRE(found["measured"]["images"] == 60);
    REQUIRE(double(found["measured"]["fine_tuned"]["nll"]) < double(found["measured"]["pruned"]["nll"]));
    const std::string first = read_bytes(bars.output);
    const Outcome table = fsdnet(command);
    REQUIRE(table.code == 0);
    REQUIRE_THAT(table.output, Contains("removed") && Contains("fine-tuned") && Contains("held-out samples"));
    REQUIRE((read_bytes(bars.output) == first));
}

TEST_CASE("prune refuses what cannot be pruned with a sentence", "[command_line][prune]") {
    const Bars bars;
    const std::string last = load_model(bars.model).layers[load_model(bars.model).layers.size() - 2].name;
    require_refusal(bars.prune({"--keep", "1"}), 2, "--keep");
    require_refusal(bars.prune({"--keep", "64"}), 2, "can stay");
    require_refusal(bars.prune({"--keep", "3", "--layer", "nothing"}), 2, "no layer 'nothing'");
    require_refusal(bars.prune({"--keep", "3", "--layer", "1"}), 4, "it has none");
    require_refusal(bars.prune({"--keep", "3", "--layer", last}), 4, "no KLD layer reads them");
    require_refusal(bars.prune({"--keep", "3", "3"}), 2, "--keep takes one number");
    require_refusal(bars.prune({"--keep", "3", "--evaluate"}), 3, "no test images");
    require_refusal(bars.prune({}), 2, "--keep is required");
    require_refusal({"prune", "--model", bars.model, "--data", bars.data, "--labels", bars.labels, "--keep",
                     "3", "--output", bars.model},
                    2, "--output");
    Model ordinary = small_ordinary_model();
    save_model(ordinary, bars.folder / "o.safetensors");
    require_refusal({"prune", "--model", bars.folder / "o.safetensors", "--keep", "3", "--data", bars.data,
                     "--labels", bars.labels, "--output", bars.output},
                    4, "No layer of the network can lose states");
    REQUIRE_FALSE(std::filesystem::exists(bars.output));
}
