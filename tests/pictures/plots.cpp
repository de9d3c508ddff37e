// Plots: what is drawn, where, and that nothing is cut off.
#include "tests/pictures/rendered.h"
#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/picture_file.h"
#include "toolkit/pictures/plot.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace fsd;
using Catch::Contains;
using Catch::VectorContains;

namespace {

std::vector<Plot> two_plots() {
    return {{"A <title>", "x", "y", {{"dots", Mark::points, {0, 1, NAN}, {1, 2, 3}}}, true},
            {"Bars",
             "value",
             "count",
             {{"", Mark::bars, {0, 1, 2}, {3, 1, 2}}, {"fit", Mark::line, {0, 3}, {3, 0}}},
             false}};
}

Plot line_of(const std::vector<double> &x, const std::vector<double> &y) {
    return {"", "x", "y", {{"a", Mark::line, x, y}}};
}

int colored(const Canvas &canvas) {
    return count_of(rendered(canvas), series_colors[0]);
}

}  // namespace

TEST_CASE("plots stand side by side, with all their texts", "[pictures]") {
    const Canvas canvas = plots_picture(two_plots());
    const cv::Mat picture = rendered(canvas);
    CHECK(picture.cols == 960);
    CHECK(picture.rows == 380);
    for (const std::string text : {"A <title>", "x", "y", "dots", "Bars", "value", "count", "fit", "0.5"}) {
        CHECK_THAT(canvas.texts(), VectorContains(text));
    }
    CHECK_THAT(plots_picture({{"empty", "", "", {}, false}}).texts(), VectorContains(std::string("empty")));
    CHECK(rendered(plots_picture({})).cols == 480);
}

TEST_CASE("cells are squares of their own colors within exact axes", "[pictures]") {
    const Plot map{"map", "student", "teacher", {{"", Mark::cells, {0, 1, 0}, {0, 0, 1}, {1, -1, 0}}}, false};
    const Canvas canvas = plots_picture({map});
    CHECK_THAT(canvas.texts(), !VectorContains(std::string("3")));
    const cv::Mat picture = rendered(canvas);
    const cv::Vec3b first = picture.at<cv::Vec3b>(250, 180), second = picture.at<cv::Vec3b>(250, 380);
    CHECK(first[2] > 150);
    CHECK(first[0] < 60);
    CHECK(second[0] > 150);
    CHECK(second[2] < 60);
    CHECK(count_of(picture, diverging(1, 1)) > 10000);
    CHECK(count_of(picture, diverging(-1, 1)) > 10000);
    CHECK(count_of(picture, diverging(0, 1)) > 10000);
}

TEST_CASE("a point that is no number interrupts a line, and one alone is a dot", "[pictures]") {
    const int whole = colored(plots_picture({line_of({1, 2, 3, 4, 5}, {1, 2, 1.5, 2, 1})})),
              gap = colored(plots_picture({line_of({1, 2, 3, 4, 5}, {1, 2, NAN, 2, 1})})),
              dot = colored(plots_picture({line_of({1}, {5})})),
              none = colored(plots_picture({line_of({}, {})}));
    CHECK(gap - none < 0.8 * (whole - none));
    CHECK(gap > dot);
    CHECK(dot > none);
    CHECK_NOTHROW(rendered(plots_picture({line_of({1, 2}, {7, 7})})));
}

TEST_CASE("long names keep within the picture and apart from the curves", "[pictures]") {
    const std::string name = "a series whose name is longer than what other series are called";
    Plot plot{
        std::string(3, 'W') + " a title that is longer than the panel is wide, by far and without end",
        "an axis with a name that is longer than the axis is, which takes quite a lot of letters, as here",
        "an upright axis with a name that is longer than the axis is, which takes many letters",
        {}};
    for (int i = 0; i < 3; i++) {
        plot.marks.push_back({name, Mark::line, {0, 1e6}, {1e-5, 2e-5}});
    }
    const cv::Mat picture = rendered(plots_picture({plot}));
    CHECK_FALSE(touches_edge(picture, 3));
    const Canvas short_names = plots_picture({line_of({0, 1}, {0, 1})});
    CHECK_FALSE(touches_edge(rendered(short_names), 3));
    CHECK(std::count(short_names.texts().begin(), short_names.texts().end(), "a") == 1);
}

TEST_CASE("epochs and percent have ticks of their own", "[pictures]") {
    Plot plot = line_of({1, 2, 3}, {90, 95, 99.9});
    plot.x_scale = Scale::whole;
    plot.y_scale = Scale::percent;
    const Canvas canvas = plots_picture({plot});
    CHECK_THAT(canvas.texts(), VectorContains(std::string("3")) && VectorContains(std::string("100")) &&
                                   !VectorContains(std::string("1.5")) &&
                                   !VectorContains(std::string("102")));
}

TEST_CASE("the same picture has the same bytes, whatever was drawn before", "[pictures]") {
    const Canvas canvas = plots_picture(two_plots());
    const std::string png = png_bytes(canvas), svg = svg_text(canvas);
    Canvas other(50, 50);
    other.image(5, 5, 40, 40, cv::Mat(4, 4, CV_8U, cv::Scalar(7)));
    const std::string other_svg = svg_text(other);
    CHECK(png_bytes(plots_picture(two_plots())) == png);
    CHECK(svg_text(plots_picture(two_plots())) == svg);
    CHECK(svg_text(other) == other_svg);
}

TEST_CASE("SVG holds the texts for those who search and listen", "[pictures]") {
    const std::string svg = svg_text(plots_picture(two_plots()));
    CHECK_THAT(svg, Contains("<svg") && Contains("A &lt;title&gt;\n") && Contains("</svg>"));
    CHECK_THAT(svg, Contains("width=\"960px\"") && !Contains("nan"));
}
