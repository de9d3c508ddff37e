// `fsdnet export`: what it says and what it refuses. tests/export.cpp reads what it writes.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("export writes a file and describes its input and result", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    const nlohmann::json result =
        fsdnet_json({"export", folder / "small.safetensors", "--out", folder / "small.onnx"});
    CHECK(result["output"] == folder / "small.onnx");
    CHECK(result["bytes"] == read_bytes(folder / "small.onnx").size());
    CHECK(result["operator_set"] == 17);
    CHECK(result["input"]["name"] == "image");
    CHECK(result["input"]["shape"] == nlohmann::json({nullptr, 6, 5, 1}));
    CHECK(result["result"]["name"] == "log_posterior");
    CHECK(result["result"]["shape"] == nlohmann::json({nullptr, 3}));

    const Outcome outcome = fsdnet({"export", folder / "small.safetensors", "-o", folder / "small.onnx"});
    CHECK(outcome.code == 0);
    CHECK_THAT(outcome.output, Catch::Contains("[sample, 6, 5, 1]") && Catch::Contains("[sample, 3]"));
}

TEST_CASE("export says what the graph of an ordinary network takes and gives", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_ordinary_model(), folder / "small.safetensors");
    const nlohmann::json result =
        fsdnet_json({"export", folder / "small.safetensors", "--floats", "--out", folder / "small.onnx"});
    CHECK(result["input"]["name"] == "numbers");
    CHECK(result["input"]["type"] == "float32");
    CHECK(result["input"]["shape"] == nlohmann::json({nullptr, 9, 8, 2}));
    CHECK(result["result"]["shape"] == nlohmann::json({nullptr, 3}));
}

TEST_CASE("export takes the model by option or place, and the committed one by default", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    const std::string small = folder / "small.safetensors", output = folder / "a.onnx";
    REQUIRE(fsdnet({"export", small, output}).code == 0);
    const std::string expected = read_bytes(output);
    for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>>{
             {"export", "--model", small, output}, {"export", "--model", small, "--out", output}}) {
        REQUIRE(fsdnet(arguments).code == 0);
        CHECK(read_bytes(output) == expected);
    }
    REQUIRE(fsdnet({"export", output}).code == 0);
    CHECK(read_bytes(output) != expected);
}

TEST_CASE("export refuses what it cannot do with a sentence", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    const std::string small = folder / "small.safetensors";
    require_refusal({"export", small}, 2, "--out FILE.onnx");
    require_refusal({"export", small, "--out", small}, 2, "is also that of the model");
    require_refusal({"export", small, "--model", small, "--out", folder / "a.onnx"}, 2, "model");
    require_refusal({"export", folder / "none.safetensors", "--out", folder / "a.onnx"}, 3,
                    "none.safetensors");
    require_refusal({"export", small, "--out", folder / "none/a.onnx"}, 3, "none/a.onnx");
    write_bytes(folder / "spoiled.safetensors", read_bytes(small).substr(0, 100));
    require_refusal({"export", folder / "spoiled.safetensors", "--out", folder / "a.onnx"}, 3,
                    "spoiled.safetensors");
    CHECK(read_bytes(folder / "a.onnx").empty());
}
