// Reading image files and cutting sheets.
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "toolkit/image_files/read_image.h"
#include "toolkit/images/sheet.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

cv::Mat round_trip(const cv::Mat &image, const std::string &name) {
    TemporaryFolder folder;
    REQUIRE(cv::imwrite(folder / name, image));
    return read_image(folder / name);
}

}  // namespace

TEST_CASE("gray and color images keep their pixels", "[images]") {
    const cv::Mat gray = (cv::Mat_<uchar>(2, 3) << 0, 1, 2, 253, 254, 255);
    CHECK(cv::norm(round_trip(gray, "a.png"), gray) == 0);
    const cv::Mat color(3, 2, CV_8UC3, cv::Scalar(1, 2, 3));
    CHECK(cv::norm(round_trip(color, "a.bmp"), color) == 0);
}

TEST_CASE("16-bit images are brought to 8 bits", "[images]") {
    const cv::Mat image = round_trip(cv::Mat(2, 2, CV_16U, cv::Scalar(0x8080)), "a.png");
    CHECK(image.depth() == CV_8U);
    CHECK(image.at<uchar>(0, 0) == 0x80);
}

TEST_CASE("transparent pixels are white, whatever lies under them", "[images]") {
    cv::Mat ink(2, 2, CV_8UC4, cv::Scalar(0, 0, 0, 0));
    ink.at<cv::Vec4b>(0, 0) = {0, 0, 0, 255};
    const cv::Mat image = round_trip(ink, "a.png");
    REQUIRE(image.type() == CV_8UC3);
    CHECK(image.at<cv::Vec3b>(0, 0) == cv::Vec3b(0, 0, 0));
    CHECK(image.at<cv::Vec3b>(1, 1) == cv::Vec3b(255, 255, 255));
}

TEST_CASE("what is no image is refused with its name", "[images]") {
    TemporaryFolder folder;
    write_bytes(folder / "text.png", "this is text");
    write_bytes(folder / "empty.png", "");
    REQUIRE(cv::imwrite(folder / "good.png", cv::Mat(50, 50, CV_8U, cv::Scalar(3))));
    write_bytes(folder / "cut.png", read_bytes(folder / "good.png").substr(0, 40));
    for (const std::string name : {"text.png", "empty.png", "cut.png", "missing.png", ""}) {
        INFO(name);
        CHECK_THROWS_WITH(read_image(folder / name), Catch::Contains(folder / name) && Catch::EndsWith("."));
    }
}

TEST_CASE("no cut and no changed byte of an image ends the program", "[images]") {
    TemporaryFolder folder;
    cv::Mat image(9, 7, CV_8UC4);
    cv::randu(image, 0, 256);
    int refused = 0;
    for (const std::string name : {"a.png", "a.tiff", "a.webp"}) {
        REQUIRE(cv::imwrite(folder / name, image));
        const std::string bytes = read_bytes(folder / name);
        const auto read = [&](const std::string &spoiled) {
            write_bytes(folder / name, spoiled);
            try {
                const cv::Mat read_anyway = read_image(folder / name);
                CHECK_FALSE(read_anyway.empty());
            } catch (const Error &error) {
                CHECK(error.code() == ExitCode::bad_input);
                refused++;
            }
        };
        for (std::size_t length = 0; length < bytes.size(); length++) {
            read(bytes.substr(0, length));
        }
        for (std::size_t at = 0; at < bytes.size(); at++) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ 0x55);
            read(changed);
        }
    }
    CHECK(refused > 100);
}

TEST_CASE("sheets are cut row by row, and only whole ones", "[images]") {
    cv::Mat sheet(4, 6, CV_8U);
    for (int i = 0; i < 24; i++) {
        sheet.data[i] = static_cast<uchar>(i);
    }
    const std::vector<cv::Mat> cells = split_sheet(sheet, {3, 2}, "sheet");
    REQUIRE(cells.size() == 4);
    CHECK(cells[1].at<uchar>(0, 0) == 3);
    CHECK(cells[2].at<uchar>(1, 2) == 20);
    CHECK_THROWS_WITH(split_sheet(sheet, {4, 2}, "sheet.png"),
                      Catch::Contains("sheet.png") && Catch::Contains("4 x 2"));
}

TEST_CASE("a sheet of digits is told from a photo of its size", "[images]") {
    cv::Mat sheet(1000, 2000, CV_8U, cv::Scalar(0));
    for (int y = 0; y < sheet.rows; y += 20) {
        for (int x = 0; x < sheet.cols; x += 20) {
            sheet(cv::Rect(x + 4, y + 3, 8, 14)) = 200;
        }
    }
    CHECK(is_digits_sheet(sheet));
    CHECK_FALSE(is_digits_sheet(255 - sheet));
    CHECK_FALSE(is_digits_sheet(sheet(cv::Rect(0, 0, 1980, 1000))));
    CHECK_FALSE(is_digits_sheet(cv::Mat(1000, 2000, CV_8UC3, cv::Scalar(90, 90, 90))));
}
