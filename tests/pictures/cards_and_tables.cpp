// Cards, tables and filters: colors and places say what they should, and nothing is cut off.
#include "tests/pictures/rendered.h"
#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/confusion_picture.h"
#include "toolkit/pictures/explanation_picture.h"
#include "toolkit/pictures/filter_mosaic.h"
#include "toolkit/pictures/picture_file.h"
#include "toolkit/pictures/posterior_panel.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

using namespace fsd;
using Catch::VectorContains;

namespace {

PosteriorCard card(double probability, const std::string &label) {
    PosteriorCard result;
    result.image = result.seen = cv::Mat(28, 28, CV_8U, cv::Scalar(0));
    result.caption = "sevens/a.png";
    result.posterior = {{"7", probability}, {"9", 1 - probability}};
    result.label = label;
    return result;
}

cv::Mat panel(const std::vector<PosteriorCard> &cards) {
    return rendered(posterior_panel("title", cards, 5));
}

Canvas confusion_of(int classes, const std::string &name) {
    std::vector<std::string> names;
    std::vector<std::vector<int>> confusion(classes, std::vector<int>(classes));
    for (int i = 0; i < classes; i++) {
        names.push_back(name + std::to_string(i));
        confusion[i][i] = 90;
        confusion[i][(i + 1) % classes] = 7;
    }
    return confusion_picture("title", names, confusion);
}

std::vector<cv::Mat> tiles(std::size_t count, int side, float value) {
    return {count, cv::Mat(side, side, CV_32F, cv::Scalar(value))};
}

const std::string long_name =
    "a name of a class that goes on and on, and on once more, and then does not end";

}  // namespace

TEST_CASE("the color map is white at 0 and saturates at its range", "[pictures]") {
    const Color zero = diverging(0, 2), below = diverging(-2, 2), above = diverging(2, 2);
    CHECK((zero.red == zero.green && zero.green == zero.blue && zero.red > 240));
    CHECK(below.blue > below.red + 100);
    CHECK(above.red > above.blue + 100);
    CHECK(diverging(100, 2).red == above.red);
    CHECK(diverging(1, 2).blue > above.blue);
    CHECK(diverging(1, 0).red == zero.red);
    CHECK(diverging(NAN, 2).blue < 100);  // yellow, which no number is
    CHECK(diverging(NAN, 2).green > 200);
}

TEST_CASE("a posterior bar is as long as its probability", "[pictures]") {
    const int half = count_of(panel({card(0.5, "")}), accent);
    const int most = count_of(panel({card(0.9, "")}), accent);
    CHECK(half > 500);
    CHECK(most == Approx(1.8 * half).epsilon(0.05));
}

TEST_CASE("right and wrong answers have their colors", "[pictures]") {
    const cv::Mat right = panel({card(0.9, "7")}), wrong = panel({card(0.9, "9")});
    CHECK(count_of(right, right_color) > 500);
    CHECK(count_of(right, wrong_color) == 0);
    CHECK(count_of(wrong, wrong_color) > 500);
}

TEST_CASE("cards stand in rows of three", "[pictures]") {
    const cv::Mat one = panel({card(1, "")}), three = panel({3, card(1, "")}), four = panel({4, card(1, "")});
    CHECK(three.cols > 2.5 * one.cols);
    CHECK(three.rows == one.rows);
    CHECK(four.cols == three.cols);
    CHECK(four.rows > 1.5 * three.rows);
}

TEST_CASE("cards name the folder and the classes, and are as wide as these need", "[pictures]") {
    PosteriorCard wide = card(0.9, "кошка, домашняя");
    wide.posterior[0].first = "кошка, домашняя";
    wide.posterior[1].first = long_name;
    const Canvas canvas = posterior_panel(long_name + long_name, {wide}, 5);
    CHECK_THAT(canvas.texts(), VectorContains(std::string("sevens/a.png")) &&
                                   VectorContains(std::string("кошка, домашняя")) &&
                                   VectorContains(std::string("true class: кошка, домашняя")));
    CHECK(canvas.width() > posterior_panel("", {card(0.9, "7")}, 5).width() + 100);
    CHECK_FALSE(touches_edge(rendered(canvas), 10));
    const Canvas explained = explanation_picture(
        "title",
        {{cv::Mat(5, 3, CV_8U, cv::Scalar(9)), "sevens/a.png", long_name, std::vector<double>(15, 1.)}});
    CHECK_THAT(explained.texts(), VectorContains(std::string("sevens/a.png")));
    CHECK_FALSE(touches_edge(rendered(explained), 10));
}

TEST_CASE("the confusion matrix is blue on its diagonal and red beside it", "[pictures]") {
    const cv::Mat perfect = rendered(confusion_picture("", {"a", "b"}, {{5, 0}, {0, 5}}));
    const cv::Mat swapped = rendered(confusion_picture("", {"a", "b"}, {{0, 5}, {5, 0}}));
    const Color blue = mixed(paper, accent, 0.75), red = mixed(paper, wrong_color, 0.9);
    CHECK(count_of(perfect, blue) > 3000);
    CHECK(count_of(perfect, red) == 0);
    CHECK(count_of(swapped, red) > 3000);
    CHECK_NOTHROW(confusion_picture("no image of the second class", {"a", "b"}, {{1, 2}, {0, 0}}));
}

TEST_CASE("a confusion matrix of 2 to 100 classes names them all", "[pictures]") {
    for (const int classes : {1, 2, 10, 26, 62, 100}) {
        for (const std::string &name : {std::string(), std::string("собака "), long_name}) {
            const Canvas canvas = confusion_of(classes, name);
            CAPTURE(classes, name, canvas.width());
            const auto times = [&](const std::string &text) {
                return std::count(canvas.texts().begin(), canvas.texts().end(), text);
            };
            if (name != long_name) {
                CHECK(times(name + std::to_string(classes - 1)) >= 2);
            }
            CHECK(canvas.width() < 2000);
            CHECK_FALSE(touches_edge(rendered(canvas), 10));
            CHECK(times("7") >= (classes > 1 ? classes : 0));  // the mistakes, whose numbers have room
        }
    }
    CHECK(confusion_of(1000, "class ").width() < 2000);
}

TEST_CASE("filters are drawn in the color of their sign", "[pictures]") {
    FilterTiles layer{"layer", "nats", 2, tiles(2, 5, 1)};
    layer.tiles[1] = tiles(1, 5, -1).front();
    const cv::Mat picture = rendered(filter_mosaic({layer}));
    CHECK(count_of(picture, diverging(1, 1)) > 1000);
    CHECK(count_of(picture, diverging(-1, 1)) > 1000);
    CHECK(filter_mosaic({layer, layer}).height() > 1.5 * picture.rows);
}

TEST_CASE("filters of colors stand side by side, named and numbered", "[pictures]") {
    FilterTiles colors{"first", "nats", 3, tiles(3 * 64, 5, 1), {"red", "green", "blue"}};
    const Canvas canvas = filter_mosaic({colors});
    CHECK(canvas.width() > canvas.height());
    CHECK(canvas.width() < 1200);
    CHECK_THAT(canvas.texts(), VectorContains(std::string("green")) && VectorContains(std::string("63")));
    CHECK_FALSE(touches_edge(rendered(canvas), 10));
}

TEST_CASE("mosaics of few and of many tiles keep within the picture", "[pictures]") {
    for (const std::size_t inputs : {1, 2, 16, 64}) {
        for (const std::size_t outputs : {1, 5, 64}) {
            for (const int side : {1, 3, 28}) {
                const Canvas canvas =
                    filter_mosaic({{long_name, "nats", inputs, tiles(inputs * outputs, side, 1)}});
                CAPTURE(inputs, outputs, side, canvas.width());
                CHECK_FALSE(touches_edge(rendered(canvas), 10));
            }
        }
    }
}

TEST_CASE("a picture that cannot be written is an error", "[pictures]") {
    CHECK_THROWS_WITH(write_picture("/nowhere/a.png", Canvas(2, 2)), Catch::Contains("/nowhere/a.png"));
}
