// What the pixels of a file are, in every format.
#include "tests/image_files/encoded.h"
#include "toolkit/image_files/decode_image.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>
#include <turbojpeg.h>

#include <utility>
#include <vector>

using namespace fsd;
using namespace fsd::testing;

namespace {

cv::Mat random_image(int type) {
    cv::Mat image(5, 7, type);
    cv::RNG(1).fill(image, cv::RNG::UNIFORM, 0, image.depth() == CV_16U ? 65536 : 256);
    return image;
}

bool same(const cv::Mat &a, const cv::Mat &b) {
    return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

cv::Mat decoded(const Bytes &bytes) {
    return decode_image(bytes, "test");
}

std::vector<uchar> values_of(const cv::Mat &image) {
    return {image.datastart, image.dataend};
}

// By the definition: which stored pixel the upright picture shows.
cv::Mat turned(const cv::Mat &stored, int orientation) {
    const int h = stored.rows - 1, w = stored.cols - 1;
    const bool sideways = orientation >= 5;
    cv::Mat result(sideways ? stored.cols : stored.rows, sideways ? stored.rows : stored.cols, stored.type());
    for (int y = 0; y < result.rows; y++) {
        for (int x = 0; x < result.cols; x++) {
            const cv::Point places[] = {{x, y}, {w - x, y}, {w - x, h - y}, {x, h - y},
                                        {y, x}, {y, h - x}, {w - y, h - x}, {w - y, x}};
            result.at<cv::Vec3b>(y, x) = stored.at<cv::Vec3b>(places[orientation - 1]);
        }
    }
    return result;
}

}  // namespace

TEST_CASE("gray and color are what an independent decoder reads", "[image_files]") {
    for (const std::string ending : {".png", ".jpg", ".tiff", ".webp", ".bmp", ".pgm", ".ppm"}) {
        for (const int type : {CV_8UC1, CV_8UC3}) {
            if ((ending == ".pgm") != (type == CV_8UC1) && ending[1] == 'p' && ending != ".png") {
                continue;
            }
            INFO(ending << ' ' << type);
            const Bytes bytes = encoded(ending, random_image(type));
            CHECK(same(decoded(bytes), cv::imdecode(bytes, cv::IMREAD_ANYCOLOR)));
        }
    }
}

TEST_CASE("every orientation is turned upright in every format that has one, also beside alpha",
          "[image_files]") {
    const auto same_as_turned = [](const Bytes &file, const Bytes &upright, int orientation) {
        CHECK(same(decoded(file), turned(decoded(upright), orientation)));
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
        for (const int type : {CV_8UC3, CV_8UC4}) {
            INFO(orientation << ' ' << type);
            const cv::Mat image = random_image(type);
            const Bytes block = exif(orientation), png = encoded(".png", image),
                        webp = encoded(".webp", image), jpeg = encoded(".jpg", image);
            same_as_turned(png_with(png, png_chunk("eXIf", block)), png, orientation);
            same_as_turned(webp_with(webp, image.size(), image.channels() == 4, block), webp, orientation);
            const int alpha = image.channels() == 4 ? 2 : 0;
            same_as_turned(tiff(image, {2, orientation, alpha}), tiff(image, {2, 1, alpha}), orientation);
            same_as_turned(jpeg_with(jpeg, block), jpeg, orientation);
            same_as_turned(jpeg_with(jpeg, exif(orientation, "MM")), jpeg, orientation);
        }
    }
}

TEST_CASE("an EXIF block that cannot be read leaves the picture as it is stored", "[image_files]") {
    const Bytes jpeg = encoded(".jpg", random_image(CV_8UC3)), block = exif(6);
    for (std::size_t length = 0; length < block.size() - 6; length++) {
        CHECK(same(decoded(jpeg_with(jpeg, Bytes(block.begin(), block.begin() + length))), decoded(jpeg)));
    }
    CHECK(same(decoded(jpeg_with(jpeg, exif(9))), decoded(jpeg)));
}

TEST_CASE("transparent pixels are white paper, in every format", "[image_files]") {
    const cv::Mat clear(2, 2, CV_8UC4, cv::Scalar(10, 20, 30, 0)),
        half(2, 2, CV_8UC4, cv::Scalar(10, 20, 30, 128));
    for (const std::string ending : {".png", ".webp"}) {
        INFO(ending);
        CHECK(decoded(encoded(ending, clear)).at<cv::Vec3b>(1, 1) == cv::Vec3b(255, 255, 255));
        CHECK(decoded(encoded(".png", half)).at<cv::Vec3b>(0, 0) == cv::Vec3b(132, 137, 142));
    }
    // TIFF stores red first.
    CHECK(decoded(tiff(half, {2, 1, 2})).at<cv::Vec3b>(0, 0) == cv::Vec3b(142, 137, 132));
    CHECK(decoded(tiff(half, {2, 1, 1})).at<cv::Vec3b>(0, 0) == cv::Vec3b(157, 147, 137));
    const cv::Mat gray(2, 2, CV_8UC2, cv::Scalar(10, 128));
    for (const auto &[alpha, expected] : {std::pair(2, 132), std::pair(1, 137)}) {
        const cv::Mat image = decoded(tiff(gray, {1, 1, alpha}));
        REQUIRE(image.type() == CV_8UC1);
        CHECK(image.at<uchar>(0, 0) == expected);
    }
}

TEST_CASE("PNG in every color model", "[image_files]") {
    const auto png = [](int bits, int color_type, const Bytes &extra, const Bytes &row) {
        Bytes out = png_header(2, 1, bits, color_type), filtered = row;
        filtered.insert(filtered.begin(), 0);
        for (const Bytes &part : {extra, png_chunk("IDAT", deflated(filtered)), png_chunk("IEND", {})}) {
            out.insert(out.end(), part.begin(), part.end());
        }
        return decoded(out);
    };
    const auto gray = [](uchar first, uchar second) {
        cv::Mat image = (cv::Mat_<uchar>(1, 2) << first, second);
        return image;
    };
    const auto color = [](const cv::Vec3b &first, const cv::Vec3b &second) {
        cv::Mat image = (cv::Mat_<cv::Vec3b>(1, 2) << first, second);
        return image;
    };
    CHECK(same(png(1, 0, {}, {0x40}), gray(0, 255)));
    CHECK(same(png(2, 0, {}, {0x60}), gray(85, 170)));
    CHECK(same(png(4, 0, {}, {0x1F}), gray(17, 255)));
    CHECK(same(png(16, 0, {}, {0x80, 0x80, 0x12, 0xFF}), gray(0x80, 0x13)));  // rounded
    CHECK(same(png(8, 0, png_chunk("tRNS", {0, 7}), {7, 9}), gray(255, 9)));
    CHECK(same(png(8, 4, {}, {10, 128, 10, 255}), gray(132, 10)));
    CHECK(same(png(16, 4, {}, {10, 0, 0, 0, 10, 10, 255, 255}), gray(255, 10)));
    CHECK(same(png(8, 2, png_chunk("tRNS", {0, 1, 0, 2, 0, 3}), {1, 2, 3, 4, 5, 6}),
               color({255, 255, 255}, {6, 5, 4})));
    Bytes palette = png_chunk("PLTE", {1, 2, 3, 4, 5, 6});
    CHECK(same(png(8, 3, palette, {1, 0}), color({6, 5, 4}, {3, 2, 1})));
    const Bytes transparent = png_chunk("tRNS", {0});
    palette.insert(palette.end(), transparent.begin(), transparent.end());
    CHECK(same(png(8, 3, palette, {1, 0}), color({6, 5, 4}, {255, 255, 255})));
}

TEST_CASE("PBM, PGM and PPM are scaled by their own maximum", "[image_files]") {
    const auto is = [](const std::string &file, const std::vector<uchar> &values) {
        INFO(file);
        CHECK(values_of(decoded(bytes_of(file))) == values);
    };
    is("P2 3 1 15 0 7 15", {0, 119, 255});
    is("P5 3 1 15\n\1\7\17", {17, 119, 255});
    is(std::string("P5 2 1 4095\n\x08\0\x0F\xFF", 16), {128, 255});
    is(std::string("P5 2 1 65535\n\x80\x80\xFF\xFF", 17), {128, 255});
    is("P5 2 1 255\n\1\xFE", {1, 254});
    is("P3 # a remark\n1 # and 1\n1 100\n0 50 100", {255, 128, 0});
    is("P6 1 1 1\n" + std::string("\1\0\0", 3), {0, 0, 255});
    is("P1 3 2 101\n0 1 0", {0, 255, 0, 255, 0, 255});
    is("P4 9 1\n\xAA\x80", {0, 255, 0, 255, 0, 255, 0, 255, 0});
}

TEST_CASE("TIFF in other depths and color models", "[image_files]") {
    const cv::Mat wide = (cv::Mat_<ushort>(1, 2) << 0x8080, 0x12FF);
    CHECK(values_of(decoded(tiff(wide, {1, 1, 0, 16}))) ==
          std::vector<uchar>{0x80, 0x12});  // as libtiff does: cut
    const cv::Mat wide_color(1, 1, CV_16UC3, cv::Scalar(0x8080, 0x12FF, 0xFFFF));
    CHECK(values_of(decoded(tiff(wide_color, {2, 1, 0, 16}))) == std::vector<uchar>{0xFF, 0x13, 0x80});
    const cv::Mat white_is_zero = (cv::Mat_<uchar>(1, 2) << 0, 200);
    CHECK(values_of(decoded(tiff(white_is_zero, {0}))) == std::vector<uchar>{255, 55});
    const cv::Mat ink(1, 1, CV_8UC4, cv::Scalar(255, 0, 0, 0));  // full cyan
    CHECK(decoded(tiff(ink, {5})).at<cv::Vec3b>(0, 0) == cv::Vec3b(255, 255, 0));
}

TEST_CASE("BMP with palettes, masks and alpha", "[image_files]") {
    const auto file = [](const BmpForm &form, const Bytes &tables, const Bytes &pixels) {
        return values_of(decoded(bmp(form, tables, pixels)));
    };
    const Bytes palette = {1, 2, 3, 0, 9, 9, 9, 0};  // blue, green, red
    CHECK(file({2, 1, 1}, palette, {0x40, 0, 0, 0}) == std::vector<uchar>{1, 2, 3, 9, 9, 9});
    CHECK(file({2, 1, 4}, palette, {0x10, 0, 0, 0}) == std::vector<uchar>{9, 9, 9, 1, 2, 3});
    CHECK(file({1, 2, 8}, palette, {0, 0, 0, 0, 1, 0, 0, 0}) == std::vector<uchar>{9, 9, 9, 1, 2, 3});
    CHECK(file({1, -2, 8}, palette, {0, 0, 0, 0, 1, 0, 0, 0}) == std::vector<uchar>{1, 2, 3, 9, 9, 9});
    CHECK(file({2, 1, 16}, {}, {0xFF, 0x7F, 0x10, 0}) == std::vector<uchar>{255, 255, 255, 132, 0, 0});
    CHECK(file({1, 1, 32}, {}, {7, 8, 9, 0}) == std::vector<uchar>{7, 8, 9});
    const Bytes masks = {0,    0, 0xFF, 0, 0, 0xFF, 0, 0,
                         0xFF, 0, 0,    0, 0, 0,    0, 0xFF};  // red, green, blue, alpha
    CHECK(file({1, 1, 32, 6}, masks, {10, 20, 30, 128}) == std::vector<uchar>{132, 137, 142});
    CHECK_THROWS_WITH(file({1, 1, 8, 1}, palette, {0, 0, 0, 0}), Catch::Contains("save it uncompressed"));
    CHECK_THROWS_WITH(file({1, 1, 8}, palette, {2, 0, 0, 0}), Catch::Contains("palette"));
}

TEST_CASE("a printer's colors in JPEG become red, green and blue", "[image_files]") {
    const cv::Mat inverted(16, 16, CV_8UC4, cv::Scalar(0, 255, 255, 255));  // full cyan
    unsigned char *memory = nullptr;
    unsigned long size = 0;
    const tjhandle encoder = tjInitCompress();
    REQUIRE(tjCompress2(encoder, inverted.data, 16, 64, 16, TJPF_CMYK, &memory, &size, TJSAMP_444, 100, 0) ==
            0);
    Bytes bytes(memory, memory + size);
    tjFree(memory);
    tjDestroy(encoder);
    const cv::Vec3b cyan = decoded(bytes).at<cv::Vec3b>(5, 5);
    CHECK(cv::norm(cyan, cv::Vec3b(255, 255, 0), cv::NORM_INF) <= 2);
}
