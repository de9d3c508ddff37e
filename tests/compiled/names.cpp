// Names of compiled networks: what compilers of C and C++ take with the header, and what is refused.
#include "compiler/c_names.h"
#include "compiler/header_text.h"
#include "runtime/error.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace fsd;
using namespace fsd::compiler;
using namespace fsd::testing;

namespace {

std::string refusal_of(const std::string &name) {
    try {
        check_name(name);
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::usage);
        return error.what();
    }
    return "";
}

HeaderFacts facts_of(const std::string &name) {
    HeaderFacts facts;
    facts.name = name;
    facts.targets = {"x86-64-linux"};
    facts.input = {28, 28, 1};
    facts.classes = {"zero", "\x1b?\"\xc3\xa9"};
    facts.results = 2;
    facts.floats = true;
    return facts;
}

}  // namespace

TEST_CASE("odd names that C allows give headers that C and C++ take", "[compiled]") {
    const TemporaryFolder folder;
    std::string all = "#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n";
    for (const std::string name :
         {"i", "Z9", "Class", "INT", "digits_2", "classes", "image", "batch", "numbers", "log_posterior",
          "result", "network", "halide", "final", "override"}) {
        CHECK(refusal_of(name).empty());
        write_bytes(folder / (name + ".h"), header_text(facts_of(name)));
        all += "#include \"" + name + ".h\"\n";
    }
    write_bytes(folder / "all.c", all);
    const std::string flags = " -Wall -Wextra -Werror -pedantic-errors -Wno-unused -fsyntax-only ";
    CHECK(std::system((FSDNET_C_COMPILER " -std=c11" + flags + (folder / "all.c")).c_str()) == 0);
    CHECK(std::system((FSDNET_CXX_COMPILER " -x c++ -std=gnu++17" + flags + (folder / "all.c")).c_str()) ==
          0);
}

TEST_CASE("names that C or C++ cannot have are refused with the remedy", "[compiled]") {
    for (const std::string name :
         {"",        "2nd",           "a-b",       "caf\xc3\xa9", "int",      "default",
          "class",   "new",           "restrict",  "co_await",    "typeof",   "main",
          "_digits", "my__net",       "net_t",     "uint8_t",     "INT8_MAX", "int8",
          "size",    "NULL",          "errno",     "linux",       "printf",   "malloc",
          "stdin",   "exp",           "y0",        "index",       "time",     "pthread_create",
          "write",   "halide_malloc", "fsdnet_run"}) {
        INFO(name);
        CHECK_THAT(refusal_of(name), Catch::Contains("'") && Catch::Contains("--name my_network"));
    }
    CHECK_THAT(refusal_of(std::string(65, 'a')), Catch::Contains("up to 64"));
    CHECK_THAT(refusal_of("int"), Catch::Contains("keyword"));
    CHECK_THAT(refusal_of("malloc"), Catch::Contains("the C library has 'malloc'"));
}
