// PBM, PGM and PPM (P1 to P6): numbers up to the file's own maximum, as text or as bytes.
#include "runtime/error.h"
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/image_limits.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace fsd {
namespace {

constexpr unsigned largest_maximum = 65535;

class PnmReader {
public:
    explicit PnmReader(const Bytes &bytes) : bytes_(bytes), kind_(bytes[1] - '0') {}

    DecodedImage read() {
        const unsigned width = number(), height = number();
        maximum_ = is_bitmap() ? 1 : number();
        if (maximum_ == 0 || maximum_ > largest_maximum) {
            throw DecodingFailure(
                text("its largest value is ", maximum_, "; expected 1 to ", largest_maximum));
        }
        check_extents(width, height);
        if (!is_text()) {
            at_++;  // the one white space behind the header
        }
        const int colors = kind_ % 3 == 0 ? 3 : 1;
        check_size(width, height, colors);
        DecodedImage image;
        image.pixels.create(static_cast<int>(height), static_cast<int>(width), CV_8UC(colors));
        for (int y = 0; y < image.pixels.rows; y++) {
            read_row(image.pixels.ptr(y), image.pixels.cols * colors);
            reverse_colors(image.pixels.row(y));
        }
        return image;
    }

private:
    bool is_bitmap() const { return kind_ % 3 == 1; }
    bool is_text() const { return kind_ <= 3; }

    [[noreturn]] static void fail_cut() { throw DecodingFailure("it is cut off"); }

    unsigned byte() {
        if (at_ >= bytes_.size()) {
            fail_cut();
        }
        return bytes_[at_++];
    }

    void skip_blanks() {
        while (at_ < bytes_.size() && (std::isspace(bytes_[at_]) || bytes_[at_] == '#')) {
            if (bytes_[at_++] == '#') {
                at_ = std::find(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), bytes_.end(), '\n') -
                      bytes_.begin();
            }
        }
    }

    unsigned number() {
        skip_blanks();
        unsigned value = byte() - '0';
        if (value > 9) {
            throw DecodingFailure("it is damaged: a number is missing");
        }
        while (at_ < bytes_.size() && std::isdigit(bytes_[at_]) && value < 100000000) {
            value = value * 10 + (bytes_[at_++] - '0');
        }
        return value;
    }

    // Before memory is taken: the shortest text has a digit for each value.
    void check_size(std::uint64_t width, std::uint64_t height, int colors) const {
        const std::uint64_t row =
            kind_ == 4 ? (width + 7) / 8 : width * colors * (!is_text() && maximum_ > 255 ? 2 : 1);
        if (at_ > bytes_.size() || row * height > bytes_.size() - at_) {
            fail_cut();
        }
    }

    void read_row(std::uint8_t *row, int values) {
        unsigned bits = 0;
        for (int i = 0; i < values; i++) {
            if (kind_ == 4) {
                bits = i % 8 == 0 ? byte() : bits << 1;
                row[i] = bits & 0x80 ? 0 : 255;  // 1 is black
            } else {
                row[i] = scaled(value());
            }
        }
    }

    unsigned value() {
        if (kind_ == 1) {  // bits as digits, which need no blanks between them
            skip_blanks();
            return 1 - (byte() - '0');
        }
        if (is_text()) {
            return number();
        }
        const unsigned first = byte();
        return maximum_ > 255 ? first << 8 | byte() : first;
    }

    std::uint8_t scaled(unsigned value) const {
        if (value > maximum_) {
            throw DecodingFailure("it is damaged: a value is larger than the largest in its header");
        }
        return static_cast<std::uint8_t>((value * 510 + maximum_) / (2 * maximum_));
    }

    // Red, green, blue to OpenCV's order.
    static void reverse_colors(cv::Mat row) {
        if (row.channels() == 3) {
            std::for_each(row.begin<cv::Vec3b>(), row.end<cv::Vec3b>(),
                          [](cv::Vec3b &pixel) { std::swap(pixel[0], pixel[2]); });
        }
    }

    const Bytes &bytes_;
    int kind_;
    std::size_t at_ = 2;
    unsigned maximum_ = 0;
};

}  // namespace

bool is_pnm(const Bytes &bytes) {
    return bytes.size() >= 3 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' &&
           (std::isspace(bytes[2]) || bytes[2] == '#');
}

DecodedImage read_pnm(const Bytes &bytes) {
    return PnmReader(bytes).read();
}

}  // namespace fsd
