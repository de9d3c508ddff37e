// What instructions multiply the integers of compiled 8-bit networks.
#include "tests/compiled/target.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/models.h"

#include "compiler/library.h"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace fsd;
using namespace fsd::testing;

namespace {

// A layer on pixels with rows of odd length, one on posteriors, one on the whole map.
Model three_layers() {
    Model model;
    model.input = {14, 14, 1};
    model.layers = {conv("first", 5, 1, 16),  plain("normalize"), pool("marginal_pool", 2, 2),
                    conv("second", 3, 1, 32), plain("normalize"), linear("last", 1, 10),
                    plain("log_normalize")};
    return with_parameters(model, 3);
}

std::string assembly_for(const std::string &target) {
    const TemporaryFolder folder;
    compiler::LibraryOptions options;
    options.name = "net";
    options.targets = {target};
    options.folder = folder.path();
    const std::string library = compile_library(quantize(three_layers()), options).library;
    REQUIRE(std::system(("objdump -d --no-show-raw-insn " + library + " > " + (folder / "text")).c_str()) ==
            0);
    return read_bytes(folder / "text");
}

int count(const std::string &text, const std::string &word) {
    int found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        found++;
    }
    return found;
}

}  // namespace

TEST_CASE("8-bit networks multiply four bytes at a time where the machine can", "[compiled]") {
    const std::string text = assembly_for(target_of("avx512_vnni"));
    CHECK(count(text, "vpdpbusd ") >= 3);
    CHECK(count(text, "vpdpbusds") == 0);
    CHECK(count(text, "pmaddwd") == 0);
    CHECK(count(text, "pmaddubsw") == 0);
}

TEST_CASE("8-bit networks never saturate their products", "[compiled]") {
    for (const char *set : {"avx512", "avx2", "baseline"}) {
        INFO(set);
        const std::string text = assembly_for(target_of(set));
        CHECK(count(text, "pmaddwd") >= 3);
        CHECK(count(text, "pmaddubsw") == 0);
        CHECK(count(text, "vpdpbusd") == 0);
    }
}
