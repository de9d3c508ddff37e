// Verbs on networks that are not made of distributions: what `inspect` shows, and what is refused by one
// sentence.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
namespace fs = std::filesystem;

namespace {

// small_ordinary_model(), but the weights of its first layer are -1, 2, -1, 2, ...
std::string saved_model(const TemporaryFolder &folder) {
    Model model = small_ordinary_model();
    Tensor &weight = model.tensors.at("first.weight");
    auto *numbers = static_cast<float *>(weight.data());
    for (std::size_t i = 0; i < weight.number_of_elements(); i++) {
        numbers[i] = i % 2 == 0 ? -1 : 2;
    }
    save_model(model, folder / "m.safetensors");
    return folder / "m.safetensors";
}

std::string saved_regression(const TemporaryFolder &folder) {
    Model model;
    model.input.height = model.input.width = 1;
    model.input.colors = 5;
    model.input.kind = InputKind::vector;
    model.layers = {real_linear("last", 2)};
    save_model(with_parameters(model, 1), folder / "r.safetensors");
    return folder / "r.safetensors";
}

}  // namespace

TEST_CASE("the numbers of ordinary layers are described, and nothing that they do not have", "[inspect]") {
    const TemporaryFolder folder;
    const std::string model = saved_model(folder);
    const nlohmann::json result = fsdnet_json({"inspect", "--model", model});
    CHECK(result["input"]["kind"] == "real");
    const nlohmann::json &first = result["layers"][0], &weight = first["tensors"]["weight"];
    CHECK(weight["shape"] == nlohmann::json({3, 3, 2, 6}));
    CHECK(weight["count"] == 108);
    CHECK(weight["mean"] == 0.5);
    CHECK(weight["deviation"] == 1.5);
    CHECK(weight["least"] == -1);
    CHECK(weight["greatest"] == 2);
    CHECK(first["parameters"] == 108 + 6);
    CHECK(result["layers"][1]["tensors"].size() == 4);  // batch_norm
    CHECK(result["layers"][4]["attributes"]["alpha"] == 0.25);
    for (const nlohmann::json &layer : result["layers"]) {
        CHECK_FALSE(layer.contains("filter_entropy"));
    }
    const Outcome outcome = fsdnet({"inspect", "--model", model});
    CHECK_THAT(outcome.output, Catch::Contains("No layer is made of distributions") &&
                                   Catch::Contains("0  conv 'first' weight") && Catch::Contains("-1.0000"));
}

TEST_CASE("a network on a vector that gives numbers is inspected, and has no pictures", "[inspect]") {
    const TemporaryFolder folder;
    const std::string model = saved_regression(folder);
    CHECK_THAT(fsdnet({"inspect", "--model", model}).output,
               Catch::Contains("a vector of 5 numbers") && Catch::Contains("2 numbers"));
    require_refusal({"inspect", "--model", model, "--filters", folder / "f.png"}, 4, "no filters to draw");
}

TEST_CASE("the weights of convolutions are drawn", "[inspect]") {
    const TemporaryFolder folder;
    REQUIRE(fsdnet({"inspect", "--model", saved_model(folder), "--filters", folder / "f.png"}).code == 0);
    CHECK(fs::file_size(folder / "f.png") > 1000);
}

TEST_CASE("what is about distributions names the first layer that is none", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = saved_model(folder);
    require_refusal({"quantize", "--model", model, "--out", folder / "q.safetensors"}, 4,
                    "layer 0 (conv 'first')");
    require_refusal({"evaluate", "--model", model, "--data", folder / "none", "--replace", "relu=sigmoid"}, 4,
                    "layer 0 (conv 'first')");
}
