// `fsdnet import`: what it says and what it refuses. tests/onnx has what it reads.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("import gives back what export wrote", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    REQUIRE(fsdnet({"export", folder / "small.safetensors", folder / "small.onnx"}).code == 0);
    const nlohmann::json result =
        fsdnet_json({"import", folder / "small.onnx", "--output", folder / "again.safetensors"});
    CHECK(result["restored"] == true);
    CHECK(result["operator_set"] == 17);
    CHECK(result["layers"].size() == small_model().layers.size());
    CHECK(result["classes"] == small_model().classes);
    CHECK(read_bytes(folder / "again.safetensors") == read_bytes(folder / "small.safetensors"));
    const Outcome outcome = fsdnet({"import", folder / "small.onnx", "-o", folder / "again.safetensors"});
    CHECK_THAT(outcome.output, Catch::Contains("wrote") && Catch::Contains("bit for bit"));
}

TEST_CASE("import lists every reason and writes nothing", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    REQUIRE(fsdnet({"export", folder / "small.safetensors", folder / "small.onnx", "--folded"}).code == 0);
    const Outcome listed = fsdnet({"import", folder / "small.onnx", "-o", folder / "a.safetensors"});
    CHECK(listed.code == 4);
    CHECK(listed.output.empty());
    CHECK_THAT(listed.errors, Catch::Contains("Reshape 'Reshape_") && Catch::Contains("listed above"));
    const Outcome outcome =
        fsdnet({"import", folder / "small.onnx", "-o", folder / "a.safetensors", "--json"});
    CHECK(outcome.code == 4);
    CHECK_FALSE(nlohmann::json::parse(outcome.output)["refused"].empty());
    CHECK_FALSE(std::filesystem::exists(folder / "a.safetensors"));
}

TEST_CASE("import refuses what is no ONNX file with a sentence", "[command_line]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "small.safetensors");
    require_refusal({"import", folder / "small.safetensors", "-o", folder / "a.safetensors"}, 3,
                    "no ONNX model; it is a .safetensors file, as models are; --model takes models.");
    require_refusal({"import", folder / "none.onnx", "-o", folder / "a.safetensors"}, 3, "none.onnx");
    require_refusal({"import", folder / "small.safetensors"}, 2, "--output");
}
