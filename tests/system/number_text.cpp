// Numbers as people type them.
#include "toolkit/system/number_text.h"

#include <catch2/catch.hpp>

#include <cstdint>

using namespace fsd;

TEST_CASE("whole numbers are decimal and fit their type", "[numbers]") {
    CHECK(whole_number<int>("010") == 10);
    CHECK(whole_number<int>("-7") == -7);
    CHECK(whole_number<int>("2147483647") == 2147483647);
    CHECK(whole_number<std::uint64_t>("18446744073709551615") == UINT64_MAX);
    for (const char *text : {"", " 5", "5 ", "+5", "0x10", "1e3", "1.5", "5a", "nan", "2147483648", "--5"}) {
        INFO("'" << text << "'");
        CHECK_FALSE(whole_number<int>(text));
    }
    CHECK_FALSE(whole_number<std::uint64_t>("-1"));
    CHECK_FALSE(whole_number<std::uint64_t>("18446744073709551616"));
    CHECK_FALSE(whole_number<int>(std::string("5\0", 2)));
}

TEST_CASE("numbers are decimal and finite", "[numbers]") {
    CHECK(finite_number("0.03") == 0.03);
    CHECK(finite_number("-1e-3") == -0.001);
    CHECK(finite_number("+010") == 10.0);
    for (const char *text :
         {"", " 1", "1 ", "0x1p-4", "nan", "inf", "-infinity", "1e999", "0,5", "1e", ".", "+-1", "1.5.2"}) {
        INFO("'" << text << "'");
        CHECK_FALSE(finite_number(text));
    }
}
