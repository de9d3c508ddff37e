// `fsdnet quantize`: bounds, measurements, the file, and the verbs that take it.
#include "tests/command_line/digits.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

struct Workplace {
    TemporaryFolder folder;
    std::string model = folder / "model.safetensors", data = folder / "data",
                output = folder / "model-8bit.safetensors";

    explicit Workplace(const Model &drawn = drawn_model()) {
        save_model(drawn, model);
        write_digits(data, {"t10k"});
    }
};

}  // namespace

TEST_CASE("quantize prints bounds, measures and writes", "[quantize]") {
    const Workplace place;
    const nlohmann::json result =
        fsdnet_json({"quantize", place.model, "--data", place.data, "--out", place.output});
    CHECK(result["output"] == place.output);
    CHECK(result["bytes"] == read_bytes(place.output).size());
    CHECK(result["bytes"] < read_bytes(place.model).size());
    CHECK(result["images"] == 20);
    REQUIRE(result["layers"].size() == 2);
    for (const nlohmann::json &layer : result["layers"]) {
        CHECK(layer["violations"] == 0);
        CHECK(layer["local"]["largest"] > 0);
        CHECK(layer["local"]["largest"] <= layer["bound"]["total"]);
        CHECK(layer["local"]["kl_largest"] <= layer["bound"]["kl"]);
        CHECK(layer["largest_centered_weight"] < layer["largest_weight"]);
    }
    CHECK(result["layers"][0]["bound"]["activations"] == 0);
    CHECK(result["layers"][1]["bound"]["activations"] > 0);
    CHECK_FALSE(result.contains("certificate"));

    const Outcome table = fsdnet({"quantize", place.model, "--data", place.data});
    CHECK(table.code == 0);
    CHECK_THAT(table.output, Catch::Contains("decisions changed") && Catch::Contains("bound"));
}

TEST_CASE("quantize needs no data for what is proved", "[quantize]") {
    const Workplace place;
    const nlohmann::json result = fsdnet_json({"quantize", "--model", place.model});
    CHECK(result["layers"][1]["bound"]["total"] > 0);
    CHECK_FALSE(result.contains("images"));
    CHECK_FALSE(result.contains("output"));
}

TEST_CASE("evaluate and classify take quantized files", "[quantize]") {
    const Workplace place;
    const nlohmann::json quantized =
        fsdnet_json({"quantize", place.model, "--data", place.data, "--out", place.output});
    const nlohmann::json evaluated = fsdnet_json({"evaluate", "--model", place.output, "--data", place.data});
    CHECK(evaluated["accuracy"] == quantized["quantized"]["accuracy"]);
    CHECK(evaluated["nll"] == quantized["quantized"]["nll"]);
    const nlohmann::json one = fsdnet_json({"classify", "--model", place.output, place.data}),
                         other = fsdnet_json({"classify", "--model", place.model, place.data});
    REQUIRE(one["images"].size() == 20);
    for (std::size_t i = 0; i < 20; i++) {
        const double difference =
            one["images"][i]["posterior"].get<double>() - other["images"][i]["posterior"].get<double>();
        CHECK(std::abs(difference) < 0.2);
    }
    require_refusal(
        {"evaluate", "--model", place.output, "--data", place.data, "--replace", "marginal_pool=max_pool"}, 2,
        "quantized");
    // The others say why not, and what to give.
    const std::string remedy = "the model that it was made from is needed";
    require_refusal({"inspect", "--model", place.output}, 4, remedy);
    require_refusal({"export", place.output, "--out", place.output + ".onnx"}, 4, remedy);
    require_refusal({"quantize", place.output}, 4, remedy);
}

TEST_CASE("--certify proves decisions where it can and says where it cannot", "[quantize]") {
    const Workplace place;
    const nlohmann::json result =
        fsdnet_json({"quantize", place.model, "--data", place.data, "--certify"})["certificate"];
    CHECK(result["images"] == 20);
    CHECK(result["proved"] > 0);
    CHECK(result["violations"] == 0);
    CHECK(result["inequalities"] > 20 * 100);

    const Workplace other(replaced(drawn_model(), "marginal_pool", "renormalized_max_pool"));
    const nlohmann::json refused =
        fsdnet_json({"quantize", other.model, "--data", other.data, "--certify"})["certificate"];
    CHECK_THAT(refused["refused"].get<std::string>(), Catch::Contains("exact marginal pooling"));
}

TEST_CASE("quantize refuses what it cannot do with a sentence", "[quantize]") {
    const Workplace place;
    require_refusal({"quantize", place.model, "--out", place.model}, 2, "is also that of the model");
    require_refusal({"quantize", place.model, "--model", place.model}, 2, "Two models");
    require_refusal({"quantize", place.model, "--certify"}, 2, "--data");
    require_refusal({"quantize", place.folder / "none"}, 3, "none");
    require_refusal({"quantize", place.model, "--out", place.folder / "none/a"}, 3, "none/a");
    save_model(replaced(drawn_model(), "marginal_pool", "max_pool"), place.model);
    require_refusal({"quantize", place.model}, 4, "max_pool");
}
