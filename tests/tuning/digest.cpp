// The digest of an op's sources: what must change it and what must not.
#include "toolkit/tuning/digest.h"
#include "runtime/error.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace fsd::testing;
using fsd::tuning::source_digest;
using fsd::tuning::without_comments;

namespace {

// A generator, its schedule, and a header that the schedule includes through another one.
class Sources {
public:
    Sources() {
        for (const char *name : {"generators", "schedules/cpu", "schedules/idioms"}) {
            std::filesystem::create_directories(folder_ / name);
        }
        write("generators/op.cpp", "#include \"generators/op.h\"\nint formula();\n");
        write("generators/op.h", "#include <vector>\n");
        write("schedules/cpu/op.cpp", "#include \"schedules/idioms/outer.h\"\n");
        write("schedules/idioms/outer.h", "#include \"schedules/idioms/inner.h\"\n");
        write("schedules/idioms/inner.h", "constexpr int rows = 12;\n");
    }
    void write(const std::string &path, const std::string &text) { write_bytes(folder_ / path, text); }
    std::string digest() const { return source_digest(folder_.path(), "op", "cpu"); }

private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a digest changes with the code of every file that is included, however far", "[tuning]") {
    Sources sources;
    const std::string before = sources.digest();
    REQUIRE(before.size() == 16);
    REQUIRE(sources.digest() == before);
    sources.write("schedules/idioms/inner.h", "constexpr int rows = 8;\n");
    REQUIRE(sources.digest() != before);
    sources.write("schedules/idioms/inner.h", "constexpr int rows = 12;\n");
    REQUIRE(sources.digest() == before);
}

TEST_CASE("comments and layout leave a digest as it is", "[tuning]") {
    Sources sources;
    const std::string before = sources.digest();
    sources.write("schedules/idioms/inner.h", "// measured\nconstexpr int\n    rows=12 /* tall */;\n");
    REQUIRE(sources.digest() == before);
}

TEST_CASE("a file that moves leaves a digest as it is", "[tuning]") {
    Sources sources;
    const std::string before = sources.digest();
    sources.write("generators/aside.h", "constexpr int rows = 12;\n");
    sources.write("schedules/idioms/outer.h", "// moved\n#include \"generators/aside.h\"\n");
    REQUIRE(sources.digest() == before);
    sources.write("generators/aside.h", "constexpr int rows = 8;\n");
    REQUIRE(sources.digest() != before);
}

TEST_CASE("comments are told from literals", "[tuning]") {
    REQUIRE(without_comments("a // b\nc") == "a c");
    REQUIRE(without_comments("a/*x*/b /* y */ + c") == "a b+c");
    REQUIRE(without_comments("f(\"// no comment, two  blanks\")") == "f(\"// no comment, two  blanks\")");
    REQUIRE(without_comments("s = \"a\\\"//b\"; // c") == "s=\"a\\\"//b\";");
    REQUIRE(without_comments("/* never ends").empty());
}

TEST_CASE("a missing source is an error that names it", "[tuning]") {
    REQUIRE_THROWS_WITH(source_digest("/nowhere", "op", "cpu"),
                        Catch::Contains("/nowhere/generators/op.cpp"));
}
