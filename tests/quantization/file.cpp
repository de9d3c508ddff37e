// Quantized files: what is written is read, and nothing else is.
#include "runtime/error.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/model_bytes.h"
#include "tests/runtime/models.h"
#include "toolkit/quantization/integer_network.h"
#include "toolkit/quantization/quantized_network.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <limits>

using namespace fsd;
using namespace fsd::testing;

namespace {

ModelBytes quantized_bytes() {
    const TemporaryFolder folder;
    save_quantized(quantize(small_model()), folder / "q");
    const std::string bytes = read_bytes(folder / "q");
    unsigned long length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    return {bytes.substr(sizeof length, length), bytes.substr(sizeof length + length)};
}

bool equal(const Tensor &one, const Tensor &other) {
    return one.type() == other.type() && shape_of(one) == shape_of(other) &&
           std::memcmp(one.data(), other.data(), one.size_in_bytes()) == 0;
}

ModelBytes with_byte(ModelBytes bytes, std::size_t place, int value) {
    bytes.data.at(place) = static_cast<char>(value);
    return bytes;
}

std::size_t start_of(const ModelBytes &bytes, const std::string &tensor) {
    const std::string marker = "\"data_offsets\":[";
    return std::stoul(bytes.header.substr(bytes.header.find(marker, bytes.header.find("\"" + tensor + "\"")) +
                                          marker.size()));
}

void require_refused(const std::string &what, const std::string &bytes, const std::string &sentence) {
    CAPTURE(what);
    const TemporaryFolder folder;
    const std::string path = folder / "spoiled.safetensors";
    write_bytes(path, bytes);
    try {
        load_quantized(path);
        FAIL("was read");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        CHECK_THAT(error.what(), Catch::Contains(path) && Catch::Contains(sentence));
    }
}

}  // namespace

TEST_CASE("a quantized network comes back from its file bit by bit", "[quantization]") {
    const TemporaryFolder folder;
    std::mt19937 random(1);
    for (unsigned seed = 0; seed < 20; seed++) {
        const Model model = drawn_network(seed);
        const QuantizedNetwork network = quantize(model);
        save_quantized(network, folder / "one");
        const QuantizedNetwork read = load_quantized(folder / "one");
        REQUIRE(read.layers.size() == network.layers.size());
        for (std::size_t k = 0; k < read.layers.size(); k++) {
            CHECK(read.layers[k].index == network.layers[k].index);
            CHECK(read.layers[k].name == network.layers[k].name);
            CHECK(equal(read.layers[k].weights, network.layers[k].weights));
            CHECK(equal(read.layers[k].scales, network.layers[k].scales));
            CHECK(equal(read.layers[k].biases, network.layers[k].biases));
        }
        save_quantized(read, folder / "two");
        CHECK(read_bytes(folder / "one") == read_bytes(folder / "two"));
        const std::vector<uint8_t> image = drawn_image(model, random);
        CHECK(IntegerNetwork(network).log_posterior(image.data()).numbers ==
              IntegerNetwork(read).log_posterior(image.data()).numbers);
    }
}

TEST_CASE("the two kinds of files are told apart", "[quantization]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "model");
    save_quantized(quantize(small_model()), folder / "quantized");
    CHECK_FALSE(is_quantized(folder / "model"));
    CHECK(is_quantized(folder / "quantized"));
    CHECK_THROWS_WITH(load_quantized(folder / "model"), Catch::Contains("fsdnet quantize"));
    CHECK_THROWS_WITH(load_model(folder / "quantized"), Catch::Contains("8-bit integers"));
    CHECK_THROWS_WITH(is_quantized(folder / "none"), Catch::Contains("none"));
}

TEST_CASE("16-bit networks have no file", "[quantization]") {
    const TemporaryFolder folder;
    const QuantizedNetwork network = quantize(small_model(), {{16, 16}, {16, 16}});
    CHECK_THROWS_WITH(save_quantized(network, folder / "q"), Catch::Contains("8-bit"));
    CHECK(read_bytes(folder / "q").empty());
}

TEST_CASE("malformed quantized files are refused with a sentence", "[quantization]") {
    const ModelBytes good = quantized_bytes();
    const std::string weight = R"("first.weight":{"dtype":"I8","shape":[3, 3, 1, 1, 8])";
    const std::size_t weights = start_of(good, "first.weight");
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = HUGE_VALF;
    require_refused("other format",
                    good.edited(R"("format":"fsdnet-quantized")", R"("format":"other-format-here")").file(),
                    "'other-format-here'");
    require_refused("other version", good.edited(R"("version":"1")", R"("version":"2")").file(),
                    "reads version 1");
    require_refused("unknown metadata", good.edited(R"("version":"1")", R"("extra":"","version":"1")").file(),
                    "'extra'");
    require_refused("missing tensor", good.edited("first.scale", "first.sale").file(), "'first.scale'");
    require_refused("unsigned weights",
                    good.edited(weight, R"("first.weight":{"dtype":"U8","shape":[3, 3, 1, 1, 8])").file(),
                    "needs I8");
    require_refused("two states",
                    good.edited(weight, R"("first.weight":{"dtype":"I8","shape":[3, 3, 1, 2, 4])").file(),
                    "[3, 3, 1, 1, 8]");
    require_refused("op that gives no distribution",
                    good.network(R"("op":"normalize")", R"("op":"relu")").file(), "relu");
    require_refused("other layer name", good.network(R"("name":"first")", R"("name":"fist")").file(),
                    "'fist.weight'");
    require_refused("wrong window", good.network(R"("window_x":3)", R"("window_x":4)").file(),
                    "'first.weight'");
    require_refused("least weight", with_byte(good, weights + 5, -128).file(), "element 5 is -128");
    require_refused("scale 0", good.number("first.scale", 1, 0).file(), "element 1 is 0");
    require_refused("negative scale", good.number("last.scale", 0, -1).file(), "positive");
    require_refused("subnormal scale", good.number("last.scale", 0, 1e-40f).file(), "positive");
    require_refused("infinite scale", good.number("last.scale", 2, infinity).file(), "element 2 is inf");
    require_refused("NaN bias", good.number("last.bias", 1, nan).file(), "element 1 is nan");
    require_refused("infinite bias", good.number("first.bias", 7, -infinity).file(), "element 7 is -inf");
    require_refused("truncated", good.file().substr(0, good.file().size() - 3), "truncated");
    require_refused("longer", good.file() + "x", "belongs to no tensor");
    require_refused("no header", "x", "header length");
    require_refused("empty", "", "header length");
    require_refused("tensor of no layer",
                    good.edited(R"("last.weight")", R"("lost":{"dtype":"F32","shape":[0],"data_offsets":[)" +
                                                        std::to_string(good.data.size()) + "," +
                                                        std::to_string(good.data.size()) +
                                                        R"(]},"last.weight")")
                        .file(),
                    "'lost'");
}

TEST_CASE("weights whose sums leave 32 bits are refused", "[quantization]") {
    // 255 x 127 x 66,312 just exceeds 2^31 - 1; 260 x 260 inputs in one window.
    Model model;
    model.input = {260, 260, 1};
    model.layers = {linear("last", 1, 2), plain("log_normalize")};
    model = with_parameters(model, 1);
    auto *numbers = static_cast<float *>(model.tensors.at("last.log_likelihood").data());
    const float likely = std::log(0.75F), unlikely = std::log(0.25F);
    for (std::size_t i = 0; i < model.tensors.at("last.log_likelihood").number_of_elements(); i++) {
        numbers[i] = i % 4 == 0 || i % 4 == 3 ? likely : unlikely;
    }
    CHECK_THROWS_WITH(quantize(model), Catch::Contains("32 bits"));
}
