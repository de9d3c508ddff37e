// The kind of docs/howto/add-a-layer.md: that its text is the file that is built, and that it works.
#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/network.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace fsd::layers {
LayerKind gain();
}  // namespace fsd::layers

namespace {

Model doubled_sums() {
    Model model;
    model.input = {1, 1, 3, InputKind::vector};
    model.layers = {real_linear("sums", 2), named("gain", "factors")};
    model = with_parameters(model, 1);
    const auto set = [&](const std::string &tensor, const std::vector<float> &numbers) {
        std::copy(numbers.begin(), numbers.end(), static_cast<float *>(model.tensors.at(tensor).data()));
    };
    set("sums.weight", {1, 0, 1, 0, 1, 1});
    set("sums.bias", {0, 0.5f});
    set("factors.factor", {2, 4});
    return model;
}

}  // namespace

TEST_CASE("the layer of the how-to is the one that is built", "[howto]") {
    const std::string howto = read_bytes(FSDNET_SOURCE "/docs/howto/add-a-layer.md");
    const std::string file = read_bytes(FSDNET_SOURCE "/tests/howto/gain.cpp");
    REQUIRE(howto.find("```cpp\n" + file + "```\n") != std::string::npos);
}

TEST_CASE("a kind that a program brings is one like the others", "[howto]") {
    add_layer_kind(layers::gain());
    REQUIRE_THROWS_AS(add_layer_kind(layers::gain()), Error);

    const Model model = doubled_sums();
    Network network(model);
    Tensor numbers = make_tensor<float>({1, 3}), result = make_tensor<float>({1, 2});
    std::fill_n(static_cast<float *>(numbers.data()), 3, 1.f);
    network.run(numbers, result);
    REQUIRE(static_cast<const float *>(result.data())[0] == 6);
    REQUIRE(static_cast<const float *>(result.data())[1] == 6);

    const TemporaryFolder folder;
    save_model(model, folder / "model.safetensors");
    REQUIRE(load_model(folder / "model.safetensors").layers.back().op == "gain");
    Model spoiled = model;
    spoiled.tensors.at("factors.factor") = make_tensor<float>({2});
    REQUIRE_THROWS_WITH(Network(spoiled), Catch::Contains("'factors.factor'") && Catch::Contains("positive"));
}
