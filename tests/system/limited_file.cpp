// Files that are longer than what they are read as.
#include "toolkit/system/limited_file.h"
#include "runtime/error.h"
#include "tests/temporary_folder.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("a file is read up to its limit, and beyond it refused before memory is taken", "[limited file]") {
    const TemporaryFolder folder;
    const std::string path = folder / "text";
    std::ofstream(path) << "1234";
    CHECK(read_limited(path, 4, "a text") == "1234");
    CHECK_THROWS_WITH(read_limited(path, 3, "a text"), path + ": has 4 bytes; a text has at most 3.");
    std::filesystem::resize_file(path, std::uintmax_t(1) << 40);  // sparse: no memory has room for it
    CHECK_THROWS_AS(read_limited(path, 1 << 20, "a text"), Error);
}
