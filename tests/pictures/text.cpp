// Text in any script: measured, drawn within its width, shortened only where there is no room.
#include "tests/pictures/rendered.h"
#include "toolkit/pictures/text_size.h"

#include <catch2/catch.hpp>

#include <opencv2/imgproc.hpp>

using namespace fsd;
using Catch::Contains;

namespace {

// Where something is drawn.
cv::Rect drawn_in(const Canvas &canvas) {
    cv::Mat gray;
    cv::cvtColor(rendered(canvas), gray, cv::COLOR_BGR2GRAY);
    return cv::boundingRect(gray < 200);
}

Canvas written(const std::string &text, const TextStyle &style = {}, double room = HUGE_VAL) {
    Canvas canvas(400, 60);
    canvas.write(200, 40, text, style, room);
    return canvas;
}

// Private use: no font should have it.
const std::string without_font = "\uE7FF\U000F1234";

}  // namespace

TEST_CASE("names in many scripts are drawn as wide as they are measured", "[pictures]") {
    std::vector<cv::Mat> pictures;
    for (const std::string name : {"house", "дом", "σπίτι", "בית", "بيت", "naïve Łódź"}) {
        const Canvas canvas = written(name, {20});
        CHECK(canvas.text_without_font().empty());
        const cv::Rect place = drawn_in(canvas);
        CHECK(place.x >= 198);
        CHECK(place.width > 10);
        CHECK(place.width <= text_width(name, 20) + 2);
        CHECK(place.height < 30);
        for (const cv::Mat &other : pictures) {
            CHECK(cv::norm(rendered(canvas), other) > 0);
        }
        pictures.push_back(rendered(canvas));
    }
}

TEST_CASE("letters are joined and carry their marks", "[pictures]") {
    CHECK(text_width("e\u0301", 20) == Approx(text_width("e", 20)));
    const double alone =
        text_width("س", 20) + text_width("ل", 20) + text_width("ا", 20) + text_width("م", 20);
    CHECK(text_width("سلام", 20) < 0.9 * alone);
}

TEST_CASE("a sentence is read from left to right, whatever its first name is", "[pictures]") {
    const TextStyle style{20, text_color, Align::right};
    const int width = static_cast<int>(text_width("abc", 20)) - 1;
    const cv::Rect end(200 - width, 0, width, 60);
    const cv::Mat mixed = rendered(written("שלום abc", style)), latin = rendered(written("abc", style));
    CHECK(cv::norm(mixed(end), latin(end), cv::NORM_INF) == 0);
}

TEST_CASE("what no font has is a box, and told", "[pictures]") {
    const Canvas canvas = written("a" + without_font, {20});
    CHECK(canvas.text_without_font() == "a" + without_font);
    CHECK(drawn_in(canvas).width > text_width("a", 20));
    CHECK(drawn_in(canvas).width <= text_width("a" + without_font, 20) + 2);
    CHECK(written("a").text_without_font().empty());
}

TEST_CASE("names that are no text are written as escapes", "[pictures]") {
    CHECK(written("a\nb\xff").texts().front() == "a\\nb\\xff");
    CHECK(written("").texts().front().empty());
}

TEST_CASE("text grows with its size and stands where it should", "[pictures]") {
    CHECK(text_width("xx", 16) == Approx(2 * text_width("xx", 8)));
    CHECK(text_width("xx", 16, true) > text_width("xx", 16));
    const double width = text_width("Hamburg", 20);
    CHECK(drawn_in(written("Hamburg", {20, text_color, Align::right})).br().x <= 201);
    CHECK(drawn_in(written("Hamburg", {20, text_color, Align::center})).x ==
          Approx(200 - width / 2).margin(4));
    Canvas upright(60, 400);
    upright.write_upright(40, 200, "Hamburg", {20, text_color, Align::center});
    const cv::Rect place = drawn_in(upright);
    CHECK(place.height == Approx(width).margin(5));
    CHECK(place.y == Approx(200 - width / 2).margin(4));
}

TEST_CASE("text without room loses its middle", "[pictures]") {
    const std::string line = "folder/a rather long name of a file.png";
    CHECK(fitted_text(line, 11, false, 1000) == line);
    const std::string cut = fitted_text(line, 11, false, 120);
    CHECK_THAT(cut, Catch::StartsWith("folder/") && Contains("\u2026") && Catch::EndsWith("file.png"));
    CHECK(text_width(cut, 11) <= 120);
    CHECK(drawn_in(written(line, {11}, 120)).width <= 120);
    CHECK(fitted_text(line, 11, false, 0) == "\u2026");
    std::string accents;
    for (int i = 0; i < 30; i++) {
        accents += "e\u0301";
    }
    for (const double room : {40., 41., 45., 50.}) {
        const std::string shorter = fitted_text(accents, 11, false, room);
        CHECK_THAT(shorter, !Contains("e\u2026") && Contains("\u2026e"));
    }
}
