// JPEG, by libjpeg-turbo. It repairs what is cut or damaged and only warns; here every warning is a failure.
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/image_limits.h"
#include "toolkit/image_files/orientation.h"

#include <turbojpeg.h>

#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>

namespace fsd {
namespace {

constexpr int start_of_scan = 0xDA, exif_segment = 0xE1, adobe_segment = 0xEE;

struct Destroy {
    void operator()(void *decoder) const { tjDestroy(decoder); }
};
using Decoder = std::unique_ptr<std::remove_pointer_t<tjhandle>, Destroy>;

// The content of the first segment with this marker that begins with `start`, in front of the pixels.
std::string_view segment(const Bytes &bytes, int marker, std::string_view start) {
    const std::string_view all(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && bytes[at] == 0xFF && bytes[at + 1] != start_of_scan) {
        if (bytes[at + 1] == 0xFF) {  // filling
            at++;
            continue;
        }
        const std::size_t length = std::size_t(bytes[at + 2]) << 8 | bytes[at + 3];
        const std::string_view content = all.substr(at + 4, length < 2 ? 0 : length - 2);
        if (bytes[at + 1] == marker && content.substr(0, start.size()) == start) {
            return content;
        }
        at += 2 + length;
    }
    return {};
}

int orientation_in(const Bytes &bytes) {
    const std::string_view exif = segment(bytes, exif_segment, std::string_view("Exif\0\0", 6));
    return exif_orientation(reinterpret_cast<const std::uint8_t *>(exif.data()), exif.size());
}

TJPF pixel_format(int color_space) {
    switch (color_space) {
    case TJCS_GRAY:
        return TJPF_GRAY;
    case TJCS_CMYK:
    case TJCS_YCCK:
        return TJPF_CMYK;
    default:
        return TJPF_BGR;
    }
}

}  // namespace

bool is_jpeg(const Bytes &bytes) {
    return bytes.size() >= 3 && std::memcmp(bytes.data(), "\xFF\xD8\xFF", 3) == 0;
}

DecodedImage read_jpeg(const Bytes &bytes) {
    const Decoder decoder(tjInitDecompress());
    if (!decoder) {
        throw std::bad_alloc();
    }
    // It also complains of a header with unusual sampling, which decodes all the same.
    int width = 0, height = 0, sampling = 0, color_space = -1;
    tjDecompressHeader3(decoder.get(), bytes.data(), bytes.size(), &width, &height, &sampling, &color_space);
    if (width < 1 || height < 1 || color_space < 0) {
        fail_as_library_says(tjGetErrorStr2(decoder.get()));
    }
    check_extents(width, height);
    const TJPF format = pixel_format(color_space);
    DecodedImage image;
    image.pixels.create(height, width, CV_8UC(tjPixelSize[format]));
    if (tjDecompress2(decoder.get(), bytes.data(), bytes.size(), image.pixels.data, width,
                      static_cast<int>(image.pixels.step), height, format,
                      TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0) {
        fail_as_library_says(tjGetErrorStr2(decoder.get()));
    }
    if (format == TJPF_CMYK) {
        const bool inverted = !segment(bytes, adobe_segment, "Adobe").empty();
        image.pixels = from_inverted_cmyk(inverted ? image.pixels : cv::Mat(~image.pixels));
    }
    image.orientation = orientation_in(bytes);
    return image;
}

cv::Mat from_inverted_cmyk(const cv::Mat &inks) {
    cv::Mat result(inks.size(), CV_8UC3);
    for (int y = 0; y < inks.rows; y++) {
        for (int x = 0; x < inks.cols; x++) {
            const auto &ink = inks.at<cv::Vec4b>(y, x);
            for (int color = 0; color < 3; color++) {
                result.at<cv::Vec3b>(y, x)[2 - color] = static_cast<uchar>((ink[color] * ink[3] + 127) / 255);
            }
        }
    }
    return result;
}

}  // namespace fsd
