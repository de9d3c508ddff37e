// The case of docs/howto/add-an-operator.md is the one that is built.
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <sstream>

using namespace fsd::testing;

TEST_CASE("the case of the how-to is the one that is built", "[howto]") {
    std::istringstream lines(read_bytes(FSDNET_SOURCE "/docs/howto/add-an-operator.md"));
    std::string howto;
    for (std::string line; std::getline(lines, line);) {  // blocks of a list are indented
        howto += (line.rfind("   ", 0) == 0 ? line.substr(3) : line) + "\n";
    }
    const std::string file = read_bytes(FSDNET_SOURCE "/cases/quadratic.cpp");
    REQUIRE(howto.find("```cpp\n" + file + "```\n") != std::string::npos);
}
