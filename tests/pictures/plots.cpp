// Plots as SVG and as pixels.
#include "runtime/error.h"
#include "toolkit/pictures/plot.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using Catch::Contains;

namespace {

std::vector<Plot> two_plots() {
    return {{"A <title>", "x", "y", {{"dots", Mark::points, {0, 1, NAN}, {1, 2, 3}}}, true},
            {"Bars",
             "value",
             "count",
             {{"", Mark::bars, {0, 1, 2}, {3, 1, 2}}, {"fit", Mark::line, {0, 3}, {3, 0}}},
             false}};
}

}  // namespace

TEST_CASE("plots stand side by side in SVG", "[pictures]") {
    const std::string svg = plots_svg(two_plots());
    CHECK_THAT(svg, Contains("width=\"960") && Contains("A &lt;title&gt;") && Contains("polyline") &&
                        Contains("dots"));
    CHECK_THAT(svg, !Contains("nan"));
    CHECK_THAT(plots_svg({{"empty", "", "", {}, false}}), Contains("empty"));
}

TEST_CASE("cells are squares of their own colors within exact axes", "[pictures]") {
    const Plot map{"map", "student", "teacher", {{"", Mark::cells, {0, 1, 0}, {0, 0, 1}, {1, -1, 0}}}, false};
    const std::string svg = plots_svg({map});
    // Red, blue, white; the axes end where the cells do.
    CHECK_THAT(svg, Contains("#b2182b") && Contains("#2152a3") && Contains("#f7f7f7"));
    CHECK_THAT(svg, !Contains(">3<") && !Contains("nan"));
    const cv::Mat picture = plots_picture({map});
    const cv::Vec3b first = picture.at<cv::Vec3b>(250, 180), second = picture.at<cv::Vec3b>(250, 380);
    CHECK(first[2] > 150);
    CHECK(first[0] < 60);
    CHECK(second[0] > 150);
    CHECK(second[2] < 60);
}

TEST_CASE("plots have the same size in pixels, and something is drawn", "[pictures]") {
    const cv::Mat picture = plots_picture(two_plots());
    CHECK(picture.cols == 960);
    CHECK(picture.rows == 380);
    CHECK(cv::sum(picture)[0] < 255. * 960 * 380);
    CHECK_THROWS_WITH(write_plots("a.gif", two_plots()), Contains(".png or .svg"));
}
