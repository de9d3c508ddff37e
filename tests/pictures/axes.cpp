// Ranges of axes and their ticks.
#include "toolkit/pictures/axis_range.h"

#include <catch2/catch.hpp>

#include <initializer_list>

using namespace fsd;

namespace {

std::string ticks_of(Scale scale, std::initializer_list<double> values) {
    AxisRange range{scale};
    for (const double value : values) {
        range.include(value);
    }
    range.round();
    std::string all;
    for (const Tick &tick : range.ticks()) {
        CHECK(tick.value >= range.low - 1e-9);
        CHECK(tick.value <= range.high + 1e-9);
        all += tick.text + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("ticks are 1, 2 or 5 times a power of ten", "[pictures]") {
    REQUIRE(tick_step(10, 6) == Approx(2));
    REQUIRE(tick_step(6, 6) == Approx(1));
    REQUIRE(tick_step(7, 6) == Approx(2));
    REQUIRE(tick_step(0.3, 6) == Approx(0.05));
    REQUIRE(tick_step(59, 6) == Approx(10));
    REQUIRE(tick_step(61, 6) == Approx(20));
}

TEST_CASE("ticks lie within the axis, at multiples of their distance", "[pictures]") {
    AxisRange range;
    range.include(-28);
    range.include(268);
    range.round();
    REQUIRE(range.low == Approx(-50));
    REQUIRE(range.high == Approx(300));
    CHECK(ticks_of(Scale::real, {-28, 268}) == "0 100 200 300 ");
}

TEST_CASE("epochs are whole numbers, and the axis ends with the last one", "[pictures]") {
    CHECK(ticks_of(Scale::whole, {1, 2, 3}) == "1 2 3 ");
    CHECK(ticks_of(Scale::whole, {1}) == "0 1 2 ");
    CHECK(ticks_of(Scale::whole, {1, 2}) == "1 2 ");
    CHECK(ticks_of(Scale::whole, {1, 30}) == "5 10 15 20 25 30 ");
    AxisRange range{Scale::whole};
    range.include(1);
    range.include(7);
    range.round();
    CHECK(range.low == 1);
    CHECK(range.high == 7);
}

TEST_CASE("percent stay within 0 and 100", "[pictures]") {
    CHECK(ticks_of(Scale::percent, {97, 99.6}) == "97.0 97.5 98.0 98.5 99.0 99.5 100.0 ");
    CHECK(ticks_of(Scale::percent, {0.1, 99.9}) == "0 20 40 60 80 100 ");
    CHECK(ticks_of(Scale::percent, {100}) == "40 50 60 70 80 90 100 ");
    CHECK(ticks_of(Scale::percent, {0}) == "0.0 0.2 0.4 0.6 0.8 1.0 ");
    CHECK(ticks_of(Scale::percent, {}) == "0 20 40 60 80 100 ");
}
