// `fsdnet analyze features` as a user runs it: on a network, on arrays and on a joint table.
#include "tests/analysis/features/random_joint.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"
#include "toolkit/npy/npy.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

// a.npy [300, 4] and l.npy; p.npy a joint table.
struct Files {
    TemporaryFolder folder;

    Files() {
        DrawnSamples drawn = drawn_samples(300, 4, 3, 2, 1);
        write("a.npy", drawn.features);
        write("l.npy", view_tensor(halide_type_of<int>(), drawn.labels.data(), {300}));
        write("p.npy", analysis::view(random_joint(8, 6, 1).probability));
    }

    void write(const std::string &name, const Tensor &tensor) const {
        write_bytes(folder / name, npy_bytes(tensor, shape_of(tensor)));
    }
};

}  // namespace

TEST_CASE("a joint table of a user's own is decomposed", "[command_line][analyze]") {
    const Files files;
    const auto found = fsdnet_json({"analyze", "features", "--joint", files.folder / "p.npy", "--modes", "3",
                                    "--picture", files.folder / "sigma.svg"});
    const auto &discrete = found["layers"][0]["discrete"];
    REQUIRE(discrete["values"] == 8);
    REQUIRE(discrete["correlations"].size() == 6);
    REQUIRE(discrete["alternation"]["converged"] == true);
    for (int i = 0; i < 3; i++) {
        REQUIRE(double(discrete["alternation"]["correlations"][i]) ==
                Approx(double(discrete["correlations"][i])).margin(1e-10));
    }
    REQUIRE(discrete["correlations_null"].empty());
    REQUIRE_THAT(read_bytes(files.folder / "sigma.svg"), Contains("Singular values of B"));
}

TEST_CASE("activations of a user's own are scored and coded", "[command_line][analyze]") {
    const Files files;
    const std::vector<std::string> command = {
        "analyze", "features", "--features", files.folder / "a.npy", "--labels", files.folder / "l.npy",
        "--bins",  "8"};
    const auto found = fsdnet_json(command);
    const auto &layer = found["layers"][0];
    REQUIRE(layer["discrete"]["values"] == 8);
    REQUIRE(layer["scored"]["units"] == 4);
    REQUIRE(double(layer["scored"]["h_score"]) > 2 * double(layer["scored"]["null"]["high"]));
    REQUIRE(fsdnet_json(command) == found);  // everything drawn depends on the seed alone
    const Outcome table = fsdnet(command);
    REQUIRE(table.code == 0);
    REQUIRE_THAT(table.output, Contains("singular values of B") && !Contains("nan"));
}

TEST_CASE("a network's layers and its output layer are analyzed", "[command_line][analyze]") {
    const Files files;
    Model model;
    model.input = {8, 8, 1};
    model.layers = {conv("first", 3, 1, 4), plain("normalize"), pool("marginal_pool", 2, 2),
                    linear("last", 1, 3), plain("log_normalize")};
    save_model(with_parameters(model, 3), files.folder / "m.safetensors");
    Tensor images = make_tensor<std::uint8_t>({300, 8, 8});
    for (std::size_t i = 0; i < images.number_of_elements(); i++) {
        static_cast<std::uint8_t *>(images.data())[i] = static_cast<std::uint8_t>(i * i % 251);
    }
    files.write("x.npy", images);
    const std::vector<std::string> command = {"analyze",
                                              "features",
                                              files.folder / "m.safetensors",
                                              "--data",
                                              files.folder / "x.npy",
                                              "--labels",
                                              files.folder / "l.npy"};
    std::vector<std::string> with = command;
    for (const std::string &more : {std::string("--images"), std::string("200"), std::string("--picture"),
                                    std::string(files.folder / "features.png")}) {
        with.push_back(more);
    }
    const auto found = fsdnet_json(with);
    REQUIRE(found["samples"] == 200);
    REQUIRE(found["layers"].size() == 6);
    REQUIRE(found["layers"][2]["variables"] == 36);
    REQUIRE(found["output"]["layer"] == 3);
    REQUIRE(std::filesystem::file_size(files.folder / "features.png") > 1000);
    const Outcome table = fsdnet(command);
    REQUIRE(table.code == 0);
    REQUIRE_THAT(table.output, Contains("output layer 3") && !Contains("nan"));
}

TEST_CASE("features that cannot be analyzed are refused with a sentence", "[command_line][analyze]") {
    const Files files;
    analysis::Matrix table = random_joint(3, 3, 1).probability * 2;
    files.write("twice.npy", analysis::view(table));
    table /= 2;
    table(0, 1) = -0.5;
    files.write("negative.npy", analysis::view(table));
    const std::string a = files.folder / "a.npy", l = files.folder / "l.npy";
    const auto refused = [](const std::vector<std::string> &more, int code, const std::string &sentence) {
        std::vector<std::string> all = {"analyze", "features"};
        all.insert(all.end(), more.begin(), more.end());
        require_refusal(all, code, sentence);
    };
    refused({"--joint", files.folder / "twice.npy"}, 3, "sums to 2");
    refused({"--joint", files.folder / "negative.npy"}, 3, "row 0, column 1");
    refused({"--joint", l}, 3, "expected [value, class]");
    refused({"--features", a, "--labels", a}, 3, "targets");
    refused({"--features", a}, 2, "give --labels");
    refused({"--features", a, "--labels", l, "--layer", "1"}, 2, "--layer is of a network");
    refused({"--activations", a, "--labels", l}, 2,
            "'--activations' is no option of 'fsdnet analyze features'");
    refused({}, 2, "Say what is analyzed");
    refused({"m.safetensors", "--joint", files.folder / "p.npy"}, 2, "A network belongs to --data");
}
