// `fsdnet bench`: times are only asked whether they are there; what they are is no test's affair.
#include "runtime/network.h"
#include "tests/command_line/golden_files.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

struct Timed : GoldenFiles {
    nlohmann::json bench(std::vector<std::string> more) const {
        more.insert(more.begin(), {"bench", file, "--seconds", "0.001"});
        return fsdnet_json(more);
    }
    std::string content(const std::string &name) const {
        std::ifstream in(folder / name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

}  // namespace

TEST_CASE("bench times every kernel of a network, and writes trace and page", "[command_line]") {
    const Timed timed;
    const nlohmann::json found = timed.bench({"--batch", "5", "--threads", "1", "--layers", "--trace",
                                              timed.folder / "t.json", "--report", timed.folder / "r.html"});
    CHECK(found["batch"] == 5);
    CHECK(found["threads"] == 1);
    const nlohmann::json &all = found["microseconds"];
    CHECK(all["runs"] >= 10);
    CHECK(all["least"] <= all["median"]);
    CHECK(all["median"] <= all["p90"]);
    CHECK(all["p99"] <= all["greatest"]);
    const Network network(timed.model);
    REQUIRE(found["kernels"].size() == network.kernels().size());
    double shares = 0;
    for (std::size_t i = 0; i < found["kernels"].size(); i++) {
        const nlohmann::json &kernel = found["kernels"][i];
        CHECK(kernel["kernel"] == network.kernel_names()[i]);
        CHECK(kernel["gflops"] > 0);
        CHECK(kernel["gigabytes_per_second"] > 0);
        CHECK((kernel["bound"] == "memory") == (kernel["share_of_bandwidth"] > kernel["share_of_peak"]));
        shares += kernel["share"].get<double>();
    }
    CHECK(shares == Approx(1));
    CHECK(found["kernels"].back()["layer"] == timed.model.layers.size() - 1);
    const nlohmann::json trace = nlohmann::json::parse(timed.content("t.json"));
    REQUIRE(trace["traceEvents"].size() == found["kernels"].size());
    CHECK(trace["traceEvents"][1]["ts"] == trace["traceEvents"][0]["dur"]);
    CHECK_THAT(timed.content("r.html"), Contains("<!doctype html>") && Contains(network.kernel_names()[0]));
    const Outcome shown = fsdnet({"bench", timed.file, "--seconds", "0.001", "--layers"});
    CHECK_THAT(shown.output,
               Contains("samples/s") && Contains(network.kernel_names()[0]) && Contains("Peak: "));
}

TEST_CASE("bench compares with what is expected, and with a compiled library", "[command_line]") {
    Timed timed;
    CHECK(timed.bench({"--input", timed.input, "--expect", timed.expected})["batch"] == 3);
    timed.change(1, 1, 0.01F);
    const std::vector<std::string> line{"bench",   timed.file,  "--seconds", "0.001",
                                        "--input", timed.input, "--expect",  timed.expected};
    require_refusal(line, 1, "at [1, 1] where");
    std::vector<std::string> tolerant = line;
    tolerant.insert(tolerant.end(), {"--atol", "0.02"});
    CHECK(fsdnet(tolerant).code == 0);
    require_refusal({"bench", timed.file, "--expect", timed.expected}, 2, "--input");

    REQUIRE(fsdnet({"compile", timed.file, "--name", "small", "-o", timed.folder / "out", "--target", "host"})
                .code == 0);
    const std::string library = timed.folder / "out/libsmall.a";
    const nlohmann::json found = timed.bench({"--compiled", library});
    CHECK(found["compiled"]["function"] == "small");
    CHECK(found["compiled"]["microseconds"]["median"] > 0);
    save_model(with_parameters(small_model(), 99), timed.file);
    require_refusal({"bench", timed.file, "--compiled", library}, 1, "is expected");
    require_refusal({"bench", timed.file, "--compiled", library, "--function", "large"}, 3,
                    "no function large");
    require_refusal({"bench", timed.file, "--compiled", timed.folder / "none.a"}, 3, "There is no library");
    GoldenFiles::write(timed.folder / "text.so", timed.result);
    require_refusal({"bench", timed.file, "--compiled", timed.folder / "text.so"}, 3, "cannot be loaded");
}
