// Walks through the target and reads the source at the position that maps there, in 1/65536 pixels.
#include "toolkit/training/warp.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

using Fixed = std::int64_t;
constexpr int fraction_bits = 16;
constexpr Fixed one = Fixed(1) << fraction_bits;

Fixed fixed(double number) {
    return static_cast<Fixed>(std::llround(number * one));
}

// The weights are cut to 8 bits, so that a sum of four products stays below 2^24.
int between(const std::uint8_t *upper, const std::uint8_t *lower, int left, int right, Fixed y, Fixed x) {
    const int down = static_cast<int>((y & (one - 1)) >> 8), across = static_cast<int>((x & (one - 1)) >> 8);
    const int above = upper[left] * (256 - across) + upper[right] * across;
    const int below = lower[left] * (256 - across) + lower[right] * across;
    return (above * (256 - down) + below * down + (1 << 15)) >> 16;
}

}  // namespace

void turn_and_scale(const std::uint8_t *source, std::uint8_t *target, double radians, double scale,
                    const ImageExtents &extents) {
    const auto &[height, width, colors] = extents;
    const std::ptrdiff_t bytes_of_row = static_cast<std::ptrdiff_t>(width) * colors;
    const Fixed along = fixed(std::cos(radians) / scale), aside = fixed(std::sin(radians) / scale);
    const Fixed center_y = (height - 1) * one / 2, center_x = (width - 1) * one / 2;
    for (int y = 0; y < height; y++) {
        const Fixed from_y = y * one - center_y;
        for (int x = 0; x < width; x++) {
            const Fixed from_x = x * one - center_x;
            const Fixed at_y = center_y + ((along * from_y + aside * from_x) >> fraction_bits);
            const Fixed at_x = center_x + ((along * from_x - aside * from_y) >> fraction_bits);
            const int row = static_cast<int>(at_y >> fraction_bits),
                      column = static_cast<int>(at_x >> fraction_bits);
            const std::uint8_t *upper = source + std::clamp(row, 0, height - 1) * bytes_of_row;
            const std::uint8_t *lower = source + std::clamp(row + 1, 0, height - 1) * bytes_of_row;
            const int left = std::clamp(column, 0, width - 1) * colors;
            const int right = std::clamp(column + 1, 0, width - 1) * colors;
            for (int color = 0; color < colors; color++) {
                *target++ =
                    static_cast<std::uint8_t>(between(upper, lower, left + color, right + color, at_y, at_x));
            }
        }
    }
}

}  // namespace fsd
