// BMP: Windows' headers, then rows of indices or colors from the last to the first. Compressed ones are
// refused.
#include "runtime/error.h"
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/image_limits.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace fsd {
namespace {

constexpr std::size_t file_header = 14, old_header = 12, usual_header = 40, masks_place = 54;
constexpr std::uint64_t plain = 0, with_masks = 3, with_four_masks = 6;  // values of "compression"

// The bits of a pixel that hold one color.
struct Mask {
    std::uint32_t bits = 0;

    std::uint8_t value_in(std::uint32_t pixel) const {
        const std::uint32_t unit = bits & -bits;
        const std::uint64_t largest = bits / unit, value = (pixel & bits) / unit;
        return static_cast<std::uint8_t>((value * 510 + largest) / (2 * largest));
    }
};

class BmpReader {
public:
    explicit BmpReader(const Bytes &bytes) : bytes_(bytes) {}

    DecodedImage read() {
        read_header();
        const std::uint64_t stride = (std::uint64_t(width_) * bits_ + 31) / 32 * 4;
        const std::uint64_t start = number(10, 4);
        if (start > bytes_.size() || stride * std::abs(height_) > bytes_.size() - start) {
            throw DecodingFailure("it is cut off");
        }
        DecodedImage image;
        image.pixels.create(static_cast<int>(std::abs(height_)), static_cast<int>(width_),
                            CV_8UC(channels()));
        for (int y = 0; y < image.pixels.rows; y++) {
            const int stored = height_ < 0 ? y : image.pixels.rows - 1 - y;
            read_row(start + stride * stored, image.pixels.ptr(y));
        }
        return image;
    }

private:
    // Little-endian.
    std::uint32_t number(std::size_t at, int length) const {
        if (at + length > bytes_.size()) {
            throw DecodingFailure("it is cut off");
        }
        std::uint32_t value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes_[at + i];
        }
        return value;
    }

    std::int64_t signed_number(std::size_t at) const { return static_cast<std::int32_t>(number(at, 4)); }

    void read_header() {
        const std::size_t header = number(file_header, 4);
        const bool is_old = header == old_header;
        if (!is_old && header < usual_header) {
            throw DecodingFailure("it is of a kind of BMP that is not known");
        }
        width_ = is_old ? number(18, 2) : signed_number(18);
        height_ = is_old ? number(20, 2) : signed_number(22);  // negative: the rows go down
        bits_ = static_cast<int>(number(is_old ? 24 : 28, 2));
        const std::uint64_t compression = is_old ? plain : number(30, 4);
        check_extents(width_ < 0 ? 0 : width_, std::abs(height_));
        check_kind(compression);
        if (bits_ <= 8) {
            read_palette(file_header + header, is_old ? 3 : 4, is_old ? 0 : number(46, 4));
        } else {
            read_masks(compression != plain, compression == with_four_masks || header >= usual_header + 16);
        }
    }

    void check_kind(std::uint64_t compression) const {
        constexpr std::array known = {1, 4, 8, 16, 24, 32};
        const bool masks =
            (compression == with_masks || compression == with_four_masks) && (bits_ == 16 || bits_ == 32);
        if (std::find(known.begin(), known.end(), bits_) == known.end() || (compression != plain && !masks)) {
            throw DecodingFailure(text("it is a BMP with ", bits_, " bits for a pixel and compression ",
                                       compression, ", which is not read; save it uncompressed or as PNG"));
        }
    }

    void read_palette(std::size_t at, int entry, std::size_t count) {
        const std::size_t most = std::size_t(1) << bits_;
        count = count == 0 ? most : std::min(count, most);
        for (std::size_t i = 0; i < count; i++) {
            const std::uint32_t color = number(at + i * entry, 3);
            palette_.emplace_back(color & 255, color >> 8 & 255, color >> 16);
        }
        is_gray_ = std::all_of(palette_.begin(), palette_.end(), [](const cv::Vec3b &color) {
            return color[0] == color[1] && color[1] == color[2];
        });
    }

    // Blue, green, red, alpha.
    void read_masks(bool stored, bool has_alpha) {
        if (!stored) {
            masks_ = bits_ == 16 ? std::array<Mask, 4>{{{0x1F}, {0x3E0}, {0x7C00}, {0}}}
                                 : std::array<Mask, 4>{{{0xFF}, {0xFF00}, {0xFF0000}, {0}}};
            return;
        }
        for (int color = 0; color < 3; color++) {
            masks_[2 - color].bits = number(masks_place + 4 * color, 4);
        }
        masks_[3].bits = has_alpha ? number(masks_place + 12, 4) : 0;
        if (std::any_of(masks_.begin(), masks_.end() - 1, [](const Mask &mask) { return mask.bits == 0; })) {
            throw DecodingFailure("it is damaged: a color has no bits");
        }
    }

    int channels() const { return bits_ <= 8 ? (is_gray_ ? 1 : 3) : masks_[3].bits ? 4 : 3; }

    void read_row(std::size_t at, std::uint8_t *row) const {
        const int count = channels();
        for (std::size_t x = 0; x < std::size_t(width_); x++, row += count) {
            if (bits_ <= 8) {
                const cv::Vec3b &color = palette_color(at, x);
                std::copy_n(color.val, count, row);
            } else {
                const std::uint32_t pixel = number(at + x * bits_ / 8, bits_ / 8);
                std::transform(masks_.begin(), masks_.begin() + count, row,
                               [=](const Mask &mask) { return mask.value_in(pixel); });
            }
        }
    }

    const cv::Vec3b &palette_color(std::size_t row, std::size_t x) const {
        const std::size_t bit = x * bits_;
        const unsigned index = bytes_[row + bit / 8] >> (8 - bits_ - bit % 8) & ((1U << bits_) - 1);
        if (index >= palette_.size()) {
            throw DecodingFailure("it is damaged: a pixel has a color that is not in the palette");
        }
        return palette_[index];
    }

    const Bytes &bytes_;
    std::int64_t width_ = 0, height_ = 0;
    int bits_ = 0;
    std::vector<cv::Vec3b> palette_;
    bool is_gray_ = false;
    std::array<Mask, 4> masks_;
};

}  // namespace

bool is_bmp(const Bytes &bytes) {
    return bytes.size() >= 2 && bytes[0] == 'B' && bytes[1] == 'M';
}

DecodedImage read_bmp(const Bytes &bytes) {
    return BmpReader(bytes).read();
}

}  // namespace fsd
