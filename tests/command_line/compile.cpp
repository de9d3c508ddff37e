// `fsdnet compile`, as a user runs it.
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

using namespace fsd::testing;

TEST_CASE("compile writes a library and a header and says what they are", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = folder / "my-digits.safetensors", out = folder / "out";
    fsd::save_model(small_model(), model);
    const nlohmann::json report = fsdnet_json({"compile", model, "-o", out, "--target", "host,x86-64-linux"});
    CHECK(report.at("library") == out + "/libmy_digits.a");
    CHECK(report.at("header") == out + "/my_digits.h");
    CHECK(report.at("function") == "int my_digits(const uint8_t *image, int batch, float *log_posterior)");
    CHECK(report.at("targets") == std::vector<std::string>{"host", "x86-64-linux"});
    CHECK(report.at("classes") == 3);
    CHECK(report.at("numbers") == "float32");
    CHECK(report.at("library_bytes") == read_bytes(out + "/libmy_digits.a").size());
    CHECK_THAT(read_bytes(out + "/my_digits.h"),
               Catch::Contains("#define MY_DIGITS_HEIGHT 6\n#define MY_DIGITS_WIDTH 5\n") &&
                   Catch::Contains("\"zero\",\n    \"one\",\n    \"two\"}"));

    const Outcome table = fsdnet({"compile", model, "-o", out, "--name", "seen", "--target", "host"});
    CHECK(table.code == 0);
    CHECK_THAT(table.output, Catch::Contains("function  int seen(") && Catch::Contains("target    host\n"));
}

TEST_CASE("compile takes quantized networks", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = folder / "model.safetensors", quantized = folder / "small.safetensors";
    fsd::save_model(small_model(), model);
    REQUIRE(fsdnet({"quantize", model, "--out", quantized}).code == 0);
    const nlohmann::json report =
        fsdnet_json({"compile", quantized, "-o", folder / "out", "--target", "host"});
    CHECK(report.at("numbers") == "8-bit integers");
    CHECK(report.at("function") == "int small(const uint8_t *image, int batch, float *log_posterior)");
    CHECK_THAT(read_bytes(folder / "out/small.h"),
               Catch::Contains("in 8-bit integers") && Catch::Contains("#define SMALL_CLASSES 3\n"));
    const Outcome table =
        fsdnet({"compile", quantized, "-o", folder / "out", "--name", "seen", "--target", "host"});
    CHECK_THAT(table.output, Catch::Contains("numbers   8-bit integers\n"));
}

TEST_CASE("compile adds functions that judge and that take masks", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = folder / "net.safetensors", out = folder / "out";
    fsd::save_model(fitted_model(), model);
    const std::vector<std::string> words{"compile", model, "-o", out, "--target", "host", "--with"};
    const auto with = [&](const std::string &functions) {
        std::vector<std::string> all = words;
        all.push_back(functions);
        return all;
    };
    const nlohmann::json report = fsdnet_json(with("masked,judge"));
    CHECK(report.at("judge_function") == "int net_judge(const uint8_t *image, int batch, float "
                                         "*log_posterior, float *novelty, float *p_value)");
    CHECK(report.at("masked_function") == "int net_masked(const uint8_t *image, const uint8_t *mask, int "
                                          "mask_colors, int batch, float *log_posterior)");
    CHECK_FALSE(fsdnet_json(with("masked")).contains("judge_function"));
    CHECK_THAT(fsdnet(with("judge")).output, Catch::Contains("function  int net_judge("));
    fsd::save_model(small_model(), model);
    require_refusal(with("judge"), 4, "fsdnet calibrate");
    require_refusal(with("novelty"), 2, "novelty");
}

TEST_CASE("compile places tensors in the caller's or in static memory", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = folder / "net.safetensors";
    fsd::save_model(small_model(), model);
    const std::vector<std::string> words{"compile",  model,  "-o",      folder / "out",
                                         "--target", "host", "--memory"};
    const auto with = [&](const std::string &place) {
        std::vector<std::string> all = words;
        all.push_back(place);
        return all;
    };
    const nlohmann::json report = fsdnet_json(with("caller"));
    CHECK(report.at("function") ==
          "int net(const uint8_t *image, int batch, float *log_posterior, void *memory)");
    CHECK(report.at("memory_bytes").get<int>() >= 64);
    CHECK_THAT(read_bytes(folder / "out/net.h"), Catch::Contains("#define NET_MEMORY_BYTES "));
    CHECK_THAT(fsdnet(with("static")).output,
               Catch::Contains("int net(const uint8_t *image, int batch, float *log_posterior)\n") &&
                   Catch::Contains("memory    "));
    CHECK_THAT(read_bytes(folder / "out/net.h"), Catch::Contains("NOT REENTRANT"));
    CHECK(fsdnet_json(with("stack")).at("memory_bytes") == 0);
    require_refusal(with("heap"), 2, "heap");
    require_refusal({"compile", model, "--target", "host-opencl", "--memory", "caller"}, 4, "--memory");
}

TEST_CASE("compile makes networks for GPUs", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = folder / "model.safetensors", out = folder / "out";
    fsd::save_model(small_model(), model);
    const nlohmann::json report = fsdnet_json({"compile", model, "-o", out, "--target", "host-opencl"});
    CHECK(report.at("device") == "opencl");
    CHECK(report.at("device_bytes").get<int>() > 0);
    CHECK(report.at("device_function") ==
          "int model_device(const void *image, int batch, void *log_posterior)");
    const Outcome table = fsdnet({"compile", model, "-o", out, "--target", "host-cuda"});
    CHECK(table.code == 0);
    CHECK_THAT(table.output,
               Catch::Contains("function  int model_device(") && Catch::Contains("device    cuda"));
    require_refusal({"compile", model, "--target", "host-cuda,host"}, 2, "one target");
}

TEST_CASE("compile refuses what it cannot compile", "[command_line]") {
    const TemporaryFolder folder;
    const std::string model = folder / "model.safetensors";
    fsd::save_model(small_model(), model);
    require_refusal({"compile", folder / "nothing.safetensors"}, 3, "nothing.safetensors");
    require_refusal({"compile", model, "--target", "pdp-11"}, 2, "pdp-11");
    for (const std::string machine : {"riscv-64-linux", "riscv-64-linux-rvv-vector_bits_128", "arm-64-osx"}) {
        require_refusal({"compile", model, "--target", machine}, 4, "arm-32-linux (ARMv7 with NEON)");
    }
    require_refusal({"compile", model, "--target", "x86-64-linux-vulkan"}, 4, "x86-64-linux-vulkan");
    require_refusal({"compile", model, "--name", "not a name"}, 2, "not a name");
    require_refusal({"compile", model, "--target", "host", "-o", model}, 3, model);
}
