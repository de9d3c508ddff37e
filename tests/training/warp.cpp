// Turned and scaled images: exact where the answer is known, and never far from a plain evaluation.
#include "toolkit/training/warp.h"
#include "toolkit/training/random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace fsd;

namespace {

constexpr double pi = 3.14159265358979323846;

std::vector<std::uint8_t> noise(const ImageExtents &extents) {
    std::vector<std::uint8_t> image(static_cast<std::size_t>(extents.height) * extents.width *
                                    extents.colors);
    const Random random(5, Stream::warp);
    for (std::size_t i = 0; i < image.size(); i++) {
        image[i] = static_cast<std::uint8_t>(random.below(256, i));
    }
    return image;
}

std::vector<std::uint8_t> warped(const std::vector<std::uint8_t> &image, double radians, double scale,
                                 const ImageExtents &extents) {
    std::vector<std::uint8_t> result(image.size());
    turn_and_scale(image.data(), result.data(), radians, scale, extents);
    return result;
}

}  // namespace

TEST_CASE("no turn and scale 1 give the image itself", "[training]") {
    for (const ImageExtents &extents :
         {ImageExtents{28, 28, 1}, ImageExtents{7, 10, 3}, ImageExtents{1, 1, 1}}) {
        const std::vector<std::uint8_t> image = noise(extents);
        REQUIRE(warped(image, 0, 1, extents) == image);
    }
}

TEST_CASE("a quarter turn moves every pixel counterclockwise", "[training]") {
    const ImageExtents extents{9, 9, 3};
    const std::vector<std::uint8_t> image = noise(extents), turned = warped(image, pi / 2, 1, extents);
    for (int y = 0; y < 9; y++) {
        for (int x = 0; x < 9; x++) {
            for (int color = 0; color < 3; color++) {
                REQUIRE(turned[((8 - x) * 9 + y) * 3 + color] == image[(y * 9 + x) * 3 + color]);
            }
        }
    }
}

TEST_CASE("warped pixels are what bilinear interpolation gives", "[training]") {
    const ImageExtents extents{12, 15, 1};
    const std::vector<std::uint8_t> image = noise(extents);
    const auto pixel = [&](int y, int x) {
        return static_cast<double>(image[std::clamp(y, 0, 11) * 15 + std::clamp(x, 0, 14)]);
    };
    const double radians = 0.3, scale = 1.25;
    const std::vector<std::uint8_t> found = warped(image, radians, scale, extents);
    for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 15; x++) {
            const double from_y = y - 5.5, from_x = x - 7.0;
            const double at_y = 5.5 + (std::cos(radians) * from_y + std::sin(radians) * from_x) / scale;
            const double at_x = 7.0 + (std::cos(radians) * from_x - std::sin(radians) * from_y) / scale;
            const int row = static_cast<int>(std::floor(at_y)), column = static_cast<int>(std::floor(at_x));
            const double down = at_y - row, across = at_x - column;
            const double expected =
                (1 - down) * ((1 - across) * pixel(row, column) + across * pixel(row, column + 1)) +
                down * ((1 - across) * pixel(row + 1, column) + across * pixel(row + 1, column + 1));
            INFO("y " << y << ", x " << x);
            // Weights of 8 bits err by 2^-8 of at most 255 per axis, and the result is rounded by half.
            REQUIRE(std::fabs(found[y * 15 + x] - expected) <= 2 * 255.0 / 256 + 0.5);
        }
    }
}

TEST_CASE("a smaller scale shrinks what the image shows", "[training]") {
    const ImageExtents extents{21, 21, 1};
    std::vector<std::uint8_t> image(21 * 21);
    for (int i = 5; i <= 15; i++) {
        std::fill_n(image.begin() + i * 21 + 5, 11, std::uint8_t{255});
    }
    const auto ink = [](const std::vector<std::uint8_t> &pixels) {
        double sum = 0;
        for (const std::uint8_t value : pixels) {
            sum += value;
        }
        return sum / 255;
    };
    // A square of 11 pixels, sampled at points: each side is right within one pixel.
    for (const double scale : {0.5, 0.75, 1.25, 1.5}) {
        REQUIRE(std::fabs(std::sqrt(ink(warped(image, 0, scale, extents))) - 11 * scale) <= 1);
    }
}
