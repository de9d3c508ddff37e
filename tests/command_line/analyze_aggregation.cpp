// `fsdnet analyze aggregation` as a user runs it: on arrays and on a network.
#include "tests/analysis/aggregation/drawn_features.h"
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

// f.npy [150, 4], l.npy, w.npy [4, 3], b.npy.
struct Arrays {
    TemporaryFolder folder;

    Arrays() {
        analysis::PooledSet set = drawn_features(3, 4, 50, 1);
        write("f.npy", set.features);
        write("l.npy", view_tensor(halide_type_of<int>(), set.labels.data(), {150}));
        analysis::LinearNodes nodes = drawn_nodes(4, 3);
        write("w.npy", analysis::view(nodes.weight));
        write("b.npy", view_tensor(halide_type_of<double>(), nodes.bias.data(), {3}));
    }

    void write(const std::string &name, const Tensor &tensor) const {
        write_bytes(folder / name, npy_bytes(tensor, shape_of(tensor)));
    }

    std::vector<std::string> command(const std::vector<std::string> &more) const {
        std::vector<std::string> all = {"analyze",        "aggregation", "--features",
                                        folder / "f.npy", "--labels",    folder / "l.npy"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
};

}  // namespace

TEST_CASE("features, weights and biases of a user's own are analyzed", "[command_line][analyze]") {
    const Arrays arrays;
    const auto found =
        fsdnet_json(arrays.command({"--weight", arrays.folder / "w.npy", "--bias", arrays.folder / "b.npy",
                                    "--picture", arrays.folder / "fits.svg"}));
    REQUIRE(found["nodes"].size() == 9);
    REQUIRE(found["channels"].size() == 12);
    REQUIRE(found["agreement"]["own"]["normal_mixture"]["pairs"] == 3);
    REQUIRE(found["same_samples"] == true);
    REQUIRE(found["recall"].size() == 3);
    REQUIRE_THAT(read_bytes(arrays.folder / "fits.svg"), Contains("nats") && Contains("r = "));
    const Outcome table = fsdnet(arrays.command({"--weight", arrays.folder / "w.npy"}));
    REQUIRE(table.code == 0);
    REQUIRE_THAT(table.output, Contains("own nodes: r") && !Contains("nan"));
    REQUIRE(fsdnet(arrays.command({})).code == 0);
}

TEST_CASE("a network's aggregation is analyzed", "[command_line][analyze]") {
    const Arrays arrays;
    Model model;
    model.input = {8, 8, 1, InputKind::real};
    model.layers = {real_conv("first", 3, 5), plain("relu"), pool("average_pool", 6, 6),
                    real_linear("last", 3), plain("log_softmax")};
    save_model(with_parameters(model, 3), arrays.folder / "m.safetensors");
    Tensor images = make_tensor<std::uint8_t>({150, 8, 8});
    for (std::size_t i = 0; i < images.number_of_elements(); i++) {
        static_cast<std::uint8_t *>(images.data())[i] = static_cast<std::uint8_t>(i * i % 251);
    }
    arrays.write("x.npy", images);
    const auto found = fsdnet_json({"analyze", "aggregation", arrays.folder / "m.safetensors", "--data",
                                    arrays.folder / "x.npy", "--labels", arrays.folder / "l.npy", "--images",
                                    "100", "--picture", arrays.folder / "fits.png"});
    REQUIRE(found["features"] == 5);
    REQUIRE(found["fitted"]["samples"] == 100);
    REQUIRE(found["spatial_variance"]["pairs"] > 0);
    REQUIRE(std::filesystem::file_size(arrays.folder / "fits.png") > 1000);
}

TEST_CASE("arrays that cannot be analyzed are refused with a sentence", "[command_line][analyze]") {
    const Arrays arrays;
    Tensor spoiled = make_tensor<float>({150, 4});
    static_cast<float *>(spoiled.data())[41] = NAN;
    arrays.write("nan.npy", spoiled);
    arrays.write("maps.npy", make_tensor<float>({150, 2, 2, 4}));
    const auto refused = [&](const std::string &features, const std::string &labels,
                             const std::vector<std::string> &more, int code, const std::string &sentence) {
        std::vector<std::string> all = {"analyze",    "aggregation",
                                        "--features", arrays.folder / features,
                                        "--labels",   arrays.folder / labels};
        all.insert(all.end(), more.begin(), more.end());
        require_refusal(all, code, sentence);
    };
    const std::string weight = arrays.folder / "w.npy", bias = arrays.folder / "b.npy";
    refused("nan.npy", "l.npy", {}, 3, "nan");
    refused("maps.npy", "l.npy", {}, 3, "expected pooled features [sample, feature]");
    refused("f.npy", "b.npy", {}, 3, "labels");
    refused("f.npy", "f.npy", {}, 3, "expected numbers [sample, feature] and classes");
    refused("f.npy", "l.npy", {"--weight", bias}, 3, "expected [feature, node]");
    refused("f.npy", "l.npy", {"--weight", weight, "--bias", weight}, 3, "one for each column");
    refused("f.npy", "l.npy", {"--weight", arrays.folder / "f.npy"}, 3, "need weights [4, node]");
    refused("f.npy", "l.npy", {"--bias", bias}, 2, "Biases belong to weights");
    require_refusal({"analyze", "aggregation"}, 2, "Give either a network with --data");
}
