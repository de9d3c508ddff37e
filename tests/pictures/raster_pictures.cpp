// The pictures that are drawn as pixels: colors and places say what they should.
#include "toolkit/pictures/canvas.h"
#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/confusion_picture.h"
#include "toolkit/pictures/filter_mosaic.h"
#include "toolkit/pictures/posterior_panel.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

using namespace fsd;

namespace {

// Pixels whose color is within 3 levels of `color`.
int count_of(const cv::Mat &picture, const Color &color) {
    const cv::Scalar middle(color.blue, color.green, color.red), margin = cv::Scalar::all(3);
    cv::Mat found;
    cv::inRange(picture, middle - margin, middle + margin, found);
    return cv::countNonZero(found);
}

PosteriorCard card(double probability, const std::string &label) {
    PosteriorCard result;
    result.image = result.seen = cv::Mat(28, 28, CV_8U, cv::Scalar(0));
    result.caption = "a.png";
    result.posterior = {{"7", probability}, {"9", 1 - probability}};
    result.label = label;
    return result;
}

}  // namespace

TEST_CASE("the color map is white at 0 and saturates at its range", "[pictures]") {
    const Color zero = diverging(0, 2), below = diverging(-2, 2), above = diverging(2, 2);
    CHECK((zero.red == zero.green && zero.green == zero.blue && zero.red > 240));
    CHECK(below.blue > below.red + 100);
    CHECK(above.red > above.blue + 100);
    CHECK(diverging(100, 2).red == above.red);
    CHECK(diverging(1, 2).blue > above.blue);
    CHECK(diverging(1, 0).red == zero.red);
}

TEST_CASE("text is cut to its width", "[pictures]") {
    const std::string line = "a rather long name of a file.png";
    CHECK(Canvas::fitted(line, 8, 1000) == line);
    const std::string cut = Canvas::fitted(line, 8, 80);
    CHECK_THAT(cut, Catch::EndsWith("..."));
    CHECK(Canvas::width_of(cut, 8) <= 80);
    CHECK(Canvas::width_of("xx", 16) == Approx(2 * Canvas::width_of("xx", 8)));
}

TEST_CASE("a posterior bar is as long as its probability", "[pictures]") {
    const int half = count_of(posterior_panel("title", {card(0.5, "")}, 5), accent);
    const int most = count_of(posterior_panel("title", {card(0.9, "")}, 5), accent);
    CHECK(half > 500);
    CHECK(most == Approx(1.8 * half).epsilon(0.05));
}

TEST_CASE("right and wrong answers have their colors", "[pictures]") {
    const cv::Mat right = posterior_panel("title", {card(0.9, "7")}, 5);
    const cv::Mat wrong = posterior_panel("title", {card(0.9, "9")}, 5);
    CHECK(count_of(right, right_color) > 500);
    CHECK(count_of(right, wrong_color) == 0);
    CHECK(count_of(wrong, wrong_color) > 500);
}

TEST_CASE("cards stand in rows of three", "[pictures]") {
    const cv::Mat one = posterior_panel("", {card(1, "")}, 5);
    const cv::Mat three = posterior_panel("", {3, card(1, "")}, 5),
                  four = posterior_panel("", {4, card(1, "")}, 5);
    CHECK(three.cols > 2.5 * one.cols);
    CHECK(three.rows == one.rows);
    CHECK(four.cols == three.cols);
    CHECK(four.rows > 1.5 * three.rows);
}

TEST_CASE("the confusion matrix is blue on its diagonal and red beside it", "[pictures]") {
    const cv::Mat perfect = confusion_picture("", {"a", "b"}, {{5, 0}, {0, 5}});
    const cv::Mat swapped = confusion_picture("", {"a", "b"}, {{0, 5}, {5, 0}});
    const Color blue = mixed(paper, accent, 0.75), red = mixed(paper, wrong_color, 0.9);
    CHECK(count_of(perfect, blue) > 3000);
    CHECK(count_of(perfect, red) == 0);
    CHECK(count_of(swapped, red) > 3000);
    CHECK_NOTHROW(confusion_picture("no image of the second class", {"a", "b"}, {{1, 2}, {0, 0}}));
}

TEST_CASE("filters are drawn in the color of their sign", "[pictures]") {
    FilterTiles layer{
        "layer", "nats", 2, {cv::Mat(5, 5, CV_32F, cv::Scalar(1)), cv::Mat(5, 5, CV_32F, cv::Scalar(-1))}};
    const cv::Mat picture = filter_mosaic({layer});
    CHECK(count_of(picture, diverging(1, 1)) > 2000);
    CHECK(count_of(picture, diverging(-1, 1)) > 2000);
    CHECK(filter_mosaic({layer, layer}).rows > 1.5 * picture.rows);
}

TEST_CASE("a picture that cannot be written is an error", "[pictures]") {
    CHECK_THROWS_WITH(write_png("/nowhere/a.png", cv::Mat(2, 2, CV_8UC3)), Catch::Contains("/nowhere/a.png"));
}
