// Preprocessing: the same digit comes out whatever the colors, the light, the size and the place.
#include "toolkit/images/digit.h"

#include "runtime/error.h"
#include "tests/images/photos.h"
#include "toolkit/images/prepare.h"

#include <catch2/catch.hpp>

#include <opencv2/imgproc.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Ink covers about a fifth of an image; a different digit is 25 to 45 gray levels away, a shift by one pixel
// 15 to 20.
constexpr double same_digit = 10;

cv::Mat prepared(const cv::Mat &image) {
    return prepare_digit(image, 28, "photo");
}

}  // namespace

TEST_CASE("digits differ clearly more than the limit for the same digit", "[digit]") {
    for (char a = '0'; a <= '9'; a++) {
        for (char b = '0'; b < a; b++) {
            INFO(a << " and " << b);
            CHECK(difference_but_for_a_pixel(scan_of(a), scan_of(b)) > 1.3 * same_digit);
        }
    }
}

TEST_CASE("an image in MNIST's form is unchanged, its negative inverted", "[digit]") {
    for (char digit = '0'; digit <= '9'; digit++) {
        const cv::Mat scan = scan_of(digit);
        CHECK(difference(prepared(scan), scan) == 0);
        CHECK(difference(prepared(255 - scan), scan) == 0);
        cv::Mat colored;
        cv::cvtColor(scan, colored, cv::COLOR_GRAY2BGR);
        CHECK(difference(prepared(colored), scan) == 0);
    }
}

TEST_CASE("an image in MNIST's form with other colors is nearly unchanged", "[digit]") {
    for (char digit = '0'; digit <= '9'; digit++) {
        const cv::Mat scan = scan_of(digit);
        cv::Mat gray;
        scan.convertTo(gray, CV_8U, -0.6, 220);  // dark gray on light gray
        CHECK(difference(prepared(gray), scan) < same_digit);
    }
}

TEST_CASE("photos of a digit give the digit", "[digit]") {
    for (char digit = '0'; digit <= '9'; digit++) {
        const cv::Mat expected = scan_of(digit);
        const auto check = [&](const char *what, const PhotoStyle &style) {
            INFO(what << ", digit " << digit);
            CHECK(difference_but_for_a_pixel(prepared(photo_of(digit, style)), expected) < same_digit);
        };
        check("black on white", {});
        PhotoStyle blue, chalk, red_on_green, corner, shadow, small, large;
        blue.ink = {150, 60, 30};
        blue.paper = {215, 235, 240};
        check("blue pen on yellowish paper", blue);
        chalk.ink = {220, 230, 225};
        chalk.paper = {50, 70, 45};
        check("chalk on a blackboard", chalk);
        red_on_green.ink = {40, 40, 200};  // as bright as the paper: only the hue tells
        red_on_green.paper = {60, 105, 60};
        check("red on green", red_on_green);
        corner.height = 50;
        corner.place = {0.2, 0.8};
        check("in a corner", corner);
        shadow.shadow = 0.6;
        shadow.noise = 4;
        check("in a shadow, with noise", shadow);
        small.size = {40, 40};
        small.height = 28;
        check("small", small);
        large.size = {1500, 1000};
        large.height = 500;
        check("large", large);
    }
}

TEST_CASE("a thin pen does not fade", "[digit]") {
    PhotoStyle thin;
    thin.size = {800, 800};
    thin.height = 600;
    thin.thickness = 0.008;
    for (char digit = '0'; digit <= '9'; digit++) {
        const cv::Mat result = prepared(photo_of(digit, thin));
        CHECK(cv::countNonZero(result > 200) > 25);
    }
}

TEST_CASE("specks are no part of the digit", "[digit]") {
    cv::Mat photo = photo_of('8', {});
    const cv::Mat clean = prepared(photo);
    cv::circle(photo, {12, 20}, 3, {0, 0, 0}, cv::FILLED);
    cv::circle(photo, {285, 220}, 2, {0, 0, 0}, cv::FILLED);
    CHECK(difference(prepared(photo), clean) < 1);
}

TEST_CASE("images without ink are refused", "[digit]") {
    cv::Mat noise(200, 200, CV_8U);
    cv::RNG(3).fill(noise, cv::RNG::NORMAL, 180, 8);
    cv::Mat gradient(100, 100, CV_8U);
    for (int x = 0; x < gradient.cols; x++) {
        gradient.col(x) = 60 + x;
    }
    for (const cv::Mat &blank :
         {cv::Mat(50, 50, CV_8U, cv::Scalar(255)), cv::Mat(28, 28, CV_8U, cv::Scalar(0)),
          cv::Mat(30, 20, CV_8UC3, cv::Scalar(10, 200, 30)), cv::Mat(1, 1, CV_8U, cv::Scalar(9)),
          cv::Mat(1, 200, CV_8U, cv::Scalar(9)), cv::Mat(1, 5000, CV_8U, cv::Scalar(9)),
          cv::Mat(5000, 1, CV_8UC3, cv::Scalar(1, 2, 3)), noise, gradient}) {
        CHECK_THROWS_WITH(prepare_digit(blank, 28, "empty.png"),
                          Catch::Contains("empty.png") && Catch::Contains("blank"));
    }
}

TEST_CASE("other input sizes keep MNIST's proportions", "[digit]") {
    const cv::Mat result = prepare_digit(photo_of('0', {}), 56, "photo");
    REQUIRE(result.size() == cv::Size(56, 56));
    const cv::Rect bounds = cv::boundingRect(result > 60);
    CHECK(std::abs(bounds.height - 40) <= 1);
    CHECK(std::abs(bounds.x + bounds.width / 2 - 28) <= 1);
}

TEST_CASE("prepare_image follows the model", "[digit]") {
    cv::Mat color(4, 4, CV_8UC3, cv::Scalar(10, 20, 30));
    std::uint8_t pixels[4 * 4 * 3];
    prepare_image(color, {"none"}, {4, 4, 3}, "a.png", pixels);
    CHECK((pixels[0] == 30 && pixels[1] == 20 && pixels[2] == 10));  // red first
    prepare_image(color, {"none"}, {2, 8, 1}, "a.png", pixels);
    CHECK((pixels[0] == 22 && pixels[15] == 22));  // 0.299 red + 0.587 green + 0.114 blue
    CHECK_THROWS_WITH(prepare_image(color, {"x-ray"}, {4, 4, 1}, "a.png", pixels), Catch::Contains("x-ray"));
    CHECK_THROWS_AS(prepare_image(color, {"digit"}, {4, 5, 1}, "a.png", pixels), Error);
}
