// `fsdnet doctor`, and --device: what runs where, and what is said where it cannot.
#include "runtime/device.h"
#include "runtime/devices/device_listing.h"
#include "runtime/error.h"
#include "tests/command_line/digits.h"
#include "tests/command_line/process.h"
#include "tests/npy/numpy.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

// Twenty images of digits as MNIST's test files, a model, and a NumPy file of logits.
struct Workplace {
    TemporaryFolder folder;
    std::string model = folder / "drawn.safetensors", data = folder / "data", logits = folder / "logits.npy";

    Workplace() {
        save_model(drawn_model(), model);
        write_digits(data, {"t10k", "train"});
        write_bytes(folder / "network.json", description);
        write_bytes(logits, npy<float>("<f4", {2, 1, 3}, {1, 2, 3, 4, 5, 6.5}));
    }

    // Every verb that computes, as short as it can be.
    std::vector<std::vector<std::string>> commands() const {
        return {{"classify", "--model", model, data},
                {"evaluate", "--model", model, "--data", data},
                {"inspect", "--model", model, "--data", data},
                {"quantize", model, "--data", data},
                {"train", "--data", data, "--description", folder / "network.json", "--epochs", "2",
                 "--batch", "5", "--output", folder / "trained.safetensors"},
                {"kernels", "run", "log_normalize", "--arg", "logits=" + logits, "--out",
                 "log_posterior=" + (folder / "out.npy")}};
    }

    static constexpr const char *description =
        R"({"input": {"height": 28, "width": 28, "colors": 1}, "layers": [
            {"op": "kld_linear", "name": "only", "groups": 1, "states": 10}, {"op": "log_normalize"}]})";
};

std::vector<std::string> with(std::vector<std::string> command, const std::vector<std::string> &more) {
    command.insert(command.end(), more.begin(), more.end());
    return command;
}

// Lets OpenCL's loader find no driver.
struct NoDrivers {
    NoDrivers() { ::setenv("OCL_ICD_VENDORS", "/nonexistent/vendors/", 1); }
    ~NoDrivers() { ::unsetenv("OCL_ICD_VENDORS"); }
};

bool can_use(const char *device) {
    const nlohmann::json found = fsdnet_json({"doctor"});
    return found["device"][device]["usable"].get<bool>();
}

}  // namespace

TEST_CASE("doctor tells machine, limits, drivers and devices", "[devices]") {
    const nlohmann::json found = fsdnet_json({"doctor"});
    CHECK(found["version"] == FSDNET_VERSION);
    CHECK(found["threads"].get<int>() >= 1);
    CHECK(found["threads"].get<int>() <= found["cpus"]["usable"].get<int>());
    CHECK(found["memory_bytes"].get<double>() > 1e8);
    CHECK(found["control_group"].contains("cpus"));
    CHECK(found["control_group"].contains("memory_bytes"));
    CHECK(found["instruction_sets"].back() == "baseline");
    CHECK(found["instruction_set"] == found["instruction_sets"].front());
    CHECK(found["device"]["cpu"]["usable"] == true);
    CHECK(found["device"]["auto"]["usable"] == true);
    std::size_t listed = 0;
    for (const auto &[name, listing] :
         {std::pair("cuda", cuda_devices()), std::pair("opencl", opencl_devices())}) {
        INFO(name);
        CHECK((found["drivers"][name] == "found") == !listing.devices.empty());
        if (listing.devices.empty()) {
            CHECK(found["device"][name]["usable"] == false);
            CHECK_THAT(found["device"][name]["reason"].get<std::string>(), Contains(name));
        }
        listed += listing.devices.size();
    }
    CHECK(found["devices"].size() == listed);
}

TEST_CASE("doctor ends well where there is nothing to find", "[devices]") {
    const NoDrivers none;
    const Outcome outcome = fsdnet({"doctor"});
    CHECK(outcome.code == 0);
    CHECK(outcome.errors.empty());
    CHECK_THAT(outcome.output, Contains("instruction set") && Contains("threads") &&
                                   Contains("control group") &&
                                   Contains("--device opencl   The device 'opencl' cannot be used here"));
    CHECK_THAT(fsdnet({"doctor", "--help"}).output,
               Contains("Example:\n  fsdnet doctor") && Contains("--json"));
}

TEST_CASE("a device that is missing ends every verb with exit code 4, an unknown one with 2", "[devices]") {
    const Workplace place;
    for (const std::vector<std::string> &command : place.commands()) {
        require_refusal(with(command, {"--device", "abacus"}), 2, "abacus");
        if (cuda_devices().devices.empty()) {
            require_refusal(with(command, {"--device", "cuda"}), 4, "'cuda' cannot be used here");
        }
        const NoDrivers none;
        require_refusal(with(command, {"--device", "opencl"}), 4, "'opencl' cannot be used here");
    }
    CHECK_FALSE(std::filesystem::exists(place.folder / "trained.safetensors"));
    CHECK_FALSE(std::filesystem::exists(place.folder / "out.npy"));
}

TEST_CASE("without a device auto is the CPU", "[devices]") {
    const NoDrivers none;
    if (!cuda_devices().devices.empty()) {
        return;
    }
    const Workplace place;
    const std::vector<std::string> evaluate = place.commands()[1];
    const nlohmann::json found = fsdnet_json(with(evaluate, {"--device", "auto"}));
    CHECK(found["device"] == "cpu");
    CHECK(found == fsdnet_json(evaluate));
}

TEST_CASE("every verb runs on OpenCL, with the same result each time", "[devices]") {
    if (!can_use("opencl")) {
        WARN("skipped: " << fsdnet_json({"doctor"})["device"]["opencl"]["reason"]);
        return;
    }
    const Workplace place;
    for (const std::vector<std::string> &command : place.commands()) {
        INFO(command.front());
        const Outcome first = fsdnet(with(command, {"--device", "opencl", "--json"}));
        CHECK(first.code == 0);
        CHECK_THAT(first.errors, Contains("note: runs on opencl: "));
        const std::string trained = read_bytes(place.folder / "trained.safetensors");
        nlohmann::json once = nlohmann::json::parse(first.output),
                       again = fsdnet_json(with(command, {"--device", "opencl"}));
        for (const char *timing : {"seconds_per_epoch", "processor_seconds_per_epoch", "seconds"}) {
            once.erase(timing);
            again.erase(timing);
        }
        CHECK(once == again);
        CHECK(read_bytes(place.folder / "trained.safetensors") == trained);
    }
}

TEST_CASE("metrics on OpenCL are the CPU's up to rounding", "[devices]") {
    if (!can_use("opencl")) {
        return;
    }
    const Workplace place;
    const std::vector<std::string> evaluate = place.commands()[1];
    const nlohmann::json cpu = fsdnet_json(evaluate),
                         found = fsdnet_json(with(evaluate, {"--device", "opencl"}));
    CHECK(found["device"] == "opencl");
    CHECK(found["confusion"] == cpu["confusion"]);
    CHECK(found["nll"].get<double>() == Approx(cpu["nll"].get<double>()).epsilon(1e-5));
}

TEST_CASE("a quantized network stays on the CPU", "[devices]") {
    if (!can_use("opencl")) {
        return;
    }
    const Workplace place;
    const std::string quantized = FSDNET_MODELS "/mnist-16-32-8bit.safetensors";
    require_refusal({"evaluate", "--model", quantized, "--data", place.data, "--device", "opencl"}, 4,
                    "quantized network is evaluated on the CPU");
}

TEST_CASE("a schedule and a device cannot both be named", "[devices]") {
    const Workplace place;
    require_refusal(with(place.commands().back(), {"--schedule", "cpu", "--device", "cpu"}), 2, "--device");
}
