// Charts as SVG.
#include "toolkit/pictures/axis_range.h"
#include "toolkit/pictures/line_chart.h"
#include "toolkit/pictures/svg.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using Catch::Matchers::Contains;

namespace {

std::size_t occurrences(const std::string &text, const std::string &part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        count++;
    }
    return count;
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
    std::string all;
    for (const Tick &tick : range.ticks()) {
        all += tick.text + " ";
    }
    REQUIRE(all == "0 100 200 300 ");
}

TEST_CASE("a chart draws its lines, ticks and texts", "[pictures]") {
    const std::string svg =
        line_charts_svg({{"Loss & more", "epoch", "nats", {{"training", {1, 2, 3}, {0.4, 0.2, 0.1}}}}});
    REQUIRE_THAT(svg, Contains("<svg xmlns=") && Contains("</svg>"));
    REQUIRE_THAT(svg, Contains("Loss &amp; more") && Contains(">training<") && Contains(">epoch<") &&
                          Contains(">nats<"));
    REQUIRE_THAT(svg, Contains(">0.40<") || Contains(">0.4<"));
    REQUIRE(occurrences(svg, "<polyline") == 1);
    // x runs from 1.0 to 3.0 over the panel of 480 pixels less its margins; y from 0.10 down to 0.40 up.
    REQUIRE_THAT(svg, Contains("points=\"64.00,60.00 264.00,"));
    REQUIRE_THAT(svg, Contains("464.00,312.00\""));
}

TEST_CASE("charts without points, with one point, with gaps and without spread are drawn", "[pictures]") {
    REQUIRE_THAT(line_charts_svg({{"", "x", "y", {}}}), Contains("</svg>"));
    REQUIRE_THAT(line_charts_svg({}), Contains("</svg>"));
    const std::string dot = line_charts_svg({{"", "x", "y", {{"a", {1}, {5}}}}});
    REQUIRE(occurrences(dot, "<circle") == 1);
    REQUIRE(occurrences(dot, "nan") == 0);
    const std::string gap = line_charts_svg({{"", "x", "y", {{"a", {1, 2, 3, 4, 5}, {1, 2, NAN, 2, 1}}}}});
    REQUIRE(occurrences(gap, "<polyline") == 2);
    const std::string flat = line_charts_svg({{"", "x", "y", {{"a", {1, 2}, {7, 7}}}}});
    REQUIRE(occurrences(flat, "nan") + occurrences(flat, "inf") == 0);
}
