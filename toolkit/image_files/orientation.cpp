// EXIF is a small TIFF file: a byte order, then the place of a list of 12-byte entries.
#include "toolkit/image_files/orientation.h"

#include <cstring>

namespace fsd {
namespace {

constexpr unsigned orientation_tag = 0x112, short_type = 3;
constexpr std::size_t entry_size = 12;

class ExifBlock {
public:
    ExifBlock(const std::uint8_t *bytes, std::size_t size) : bytes_(bytes), size_(size) {}

    bool is_valid() const {
        return size_ >= 8 && (std::memcmp(bytes_, "II*\0", 4) == 0 || std::memcmp(bytes_, "MM\0*", 4) == 0);
    }

    // 0 beyond the end.
    unsigned number(std::size_t at, int length) const {
        if (at > size_ || size_ - at < std::size_t(length)) {
            return 0;
        }
        unsigned value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes_[at + (bytes_[0] == 'I' ? length - 1 - i : i)];
        }
        return value;
    }

private:
    const std::uint8_t *bytes_;
    std::size_t size_;
};

cv::Mat mirrored(const cv::Mat &image) {
    cv::Mat result;
    cv::flip(image, result, 1);
    return result;
}

cv::Mat turned(const cv::Mat &image, cv::RotateFlags rotation) {
    cv::Mat result;
    cv::rotate(image, result, rotation);
    return result;
}

}  // namespace

int exif_orientation(const std::uint8_t *block, std::size_t size) {
    constexpr std::size_t prefix = 6;
    const bool has_prefix = size >= prefix && std::memcmp(block, "Exif\0\0", prefix) == 0;
    const ExifBlock exif(block + (has_prefix ? prefix : 0), size - (has_prefix ? prefix : 0));
    if (!exif.is_valid()) {
        return 1;
    }
    const std::size_t list = exif.number(4, 4);
    const unsigned count = exif.number(list, 2);
    for (unsigned i = 0; i < count; i++) {
        const std::size_t entry = list + 2 + i * entry_size;
        if (exif.number(entry, 2) == orientation_tag && exif.number(entry + 2, 2) == short_type) {
            const unsigned orientation = exif.number(entry + 8, 2);
            return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
        }
    }
    return 1;
}

cv::Mat upright(const cv::Mat &stored, int orientation) {
    switch (orientation) {
    case 2:
        return mirrored(stored);
    case 3:
        return turned(stored, cv::ROTATE_180);
    case 4:
        return mirrored(turned(stored, cv::ROTATE_180));
    case 5:
        return mirrored(turned(stored, cv::ROTATE_90_CLOCKWISE));
    case 6:
        return turned(stored, cv::ROTATE_90_CLOCKWISE);
    case 7:
        return mirrored(turned(stored, cv::ROTATE_90_COUNTERCLOCKWISE));
    case 8:
        return turned(stored, cv::ROTATE_90_COUNTERCLOCKWISE);
    default:
        return stored;
    }
}

}  // namespace fsd
