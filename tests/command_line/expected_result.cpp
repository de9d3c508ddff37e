// --input and --expect of the verbs that run a network: what is expected goes on, anything else ends with 1
// and leaves nothing.
#include "tests/command_line/golden_files.h"
#include "tests/command_line/process.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace fsd::testing;
using Catch::Contains;

namespace {

struct Expecting : GoldenFiles {
    std::vector<std::string> with(std::vector<std::string> words) const {
        for (const std::string &word : {std::string("--input"), input, std::string("--expect"), expected}) {
            words.push_back(word);
        }
        return words;
    }
    // The words go through as long as the numbers are those expected.
    void check(const std::vector<std::string> &words, const std::string &output = "") {
        INFO(words[0]);
        const Outcome good = fsdnet(with(words));
        CHECK(good.errors == "");
        CHECK(good.code == 0);
        CHECK((output.empty() || std::filesystem::remove(output)));
        change(1, 2, 1);
        const Outcome bad = fsdnet(with(words));
        CHECK(bad.code == 1);
        CHECK(bad.output.empty());
        CHECK_THAT(bad.errors, Contains("at [1, 2] where") && Contains("1 of 9 number is beyond"));
        CHECK((output.empty() || !std::filesystem::exists(output)));
        change(1, 2, -1);
    }
};

}  // namespace

TEST_CASE("verbs that run a network compare with what is expected first", "[command_line]") {
    Expecting files;
    const std::string labels = files.folder / "l.npy", model = files.folder / "made.safetensors";
    fsd::Tensor classes = fsd::make_tensor<std::int32_t>({3});
    std::fill_n(static_cast<std::int32_t *>(classes.data()), 3, 0);
    GoldenFiles::write(labels, classes);
    files.check({"classify", files.input, "--model", files.file});
    files.check({"evaluate", "--quiet", "--model", files.file, "--data", files.input, "--labels", labels});
    files.check({"inspect", "--model", files.file});
    files.check({"export", files.file, "--out", files.folder / "small.onnx"}, files.folder / "small.onnx");
    REQUIRE(fsdnet({"export", files.file, "--out", files.folder / "small.onnx"}).code == 0);
    files.check({"import", files.folder / "small.onnx", "--output", model}, model);
}

TEST_CASE("what is made of a network is compared with what is expected before it stays", "[command_line]") {
    Expecting files;
    const std::string library = files.folder / "out/libsmall.a", made = files.folder / "made.safetensors";
    files.check({"compile", files.file, "-o", files.folder / "out", "--target", "host"}, library);
    // What is there stays where the new one gives other numbers.
    write_bytes(library, "an older library");
    files.change(1, 2, 1);
    CHECK(fsdnet(files.with({"compile", files.file, "-o", files.folder / "out", "--target", "host"})).code ==
          1);
    CHECK(read_bytes(library) == "an older library");
    CHECK(fsdnet(files.with({"compile", files.file, "-o", files.folder / "new", "--target", "host"})).code ==
          1);
    CHECK_FALSE(std::filesystem::exists(files.folder / "new"));
    files.change(1, 2, -1);
    require_refusal(files.with({"compile", files.file, "--target", "arm-64-linux"}), 2, "this machine's CPU");
    require_refusal(files.with({"compile", files.file, "--memory", "caller"}), 2, "on the stack");

    // Integers are not as close as that, and closer than this.
    std::vector<std::string> words = files.with({"quantize", files.file, "--out", made, "--atol", "1e-12"});
    words.insert(words.end(), {"--rtol", "0"});
    require_refusal(words, 1, "numbers are beyond");
    CHECK_FALSE(std::filesystem::exists(made));
    files.check({"quantize", files.file, "--out", made, "--atol", "0.2"}, made);
}

TEST_CASE("one of the two files is refused without the other", "[command_line]") {
    const GoldenFiles files;
    require_refusal({"inspect", "--model", files.file, "--expect", files.expected}, 2, "--input");
    require_refusal({"inspect", "--model", files.file, "--input", files.input}, 2, "--expect");
    require_refusal({"inspect", "--model", files.file, "--input", files.expected, "--expect", files.expected},
                    3, "shape [samples, 6, 5, 1]");
    require_refusal(
        {"inspect", "--model", files.file, "--input", files.input, "--expect", files.folder / "none.npy"}, 3,
        "none.npy");
}
