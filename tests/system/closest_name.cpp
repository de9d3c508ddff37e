// What was probably meant.
#include "toolkit/system/closest_name.h"

#include <catch2/catch.hpp>

using namespace fsd;

TEST_CASE("typing errors are counted", "[names]") {
    CHECK(typing_errors("train", "train") == 0);
    CHECK(typing_errors("", "abc") == 3);
    CHECK(typing_errors("abc", "") == 3);
    CHECK(typing_errors("tarin", "train") == 1);
    CHECK(typing_errors("trin", "train") == 1);
    CHECK(typing_errors("kitten", "sitting") == 3);
    CHECK(typing_errors("ca", "abc") == 3);
}

TEST_CASE("the closest name is close, or begins as typed, or there is none", "[names]") {
    const std::vector<std::string> names = {"--data", "--description", "--device", "--output"};
    CHECK(closest_name("--outpt", names) == "--output");
    CHECK(closest_name("--devcie", names) == "--device");
    CHECK(closest_name("--desc", names) == "--description");
    CHECK(closest_name("--nothing-like-it", names).empty());
    CHECK(closest_name("", names).empty());
    CHECK(closest_name("x", {}).empty());
}
