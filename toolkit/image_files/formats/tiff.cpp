// TIFF, by libtiff's own conversion to red, green, blue, alpha of 8 bits.
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/formats/tiff_memory.h"
#include "toolkit/image_files/image_limits.h"

#include <cstring>
#include <memory>

namespace fsd {
namespace {

// In the order and direction of the file; `image` is left as libtiff found it.
cv::Mat read_colors(const TiffMemory &file, TIFFRGBAImage &image) {
    char message[1024] = {};
    if (!TIFFRGBAImageOK(file.handle(), message) || !TIFFRGBAImageBegin(&image, file.handle(), 1, message)) {
        throw DecodingFailure(std::string("it is a TIFF that is not known (") + message + ")");
    }
    const std::unique_ptr<TIFFRGBAImage, decltype(&TIFFRGBAImageEnd)> end(&image, TIFFRGBAImageEnd);
    check_extents(image.width, image.height);
    image.req_orientation = image.orientation;
    cv::Mat colors(static_cast<int>(image.height), static_cast<int>(image.width), CV_8UC4);
    const bool whole = TIFFRGBAImageGet(&image, reinterpret_cast<std::uint32_t *>(colors.data), image.width,
                                        image.height) != 0;
    if (!whole || !file.complaint().empty()) {
        fail_as_library_says(file.complaint());
    }
    return colors;
}

// Of red, green, blue, alpha: what the file has of it.
cv::Mat with_channels(const cv::Mat &colors, bool is_gray, bool has_alpha) {
    cv::Mat result(colors.size(), CV_8UC((is_gray ? 1 : 3) + (has_alpha ? 1 : 0)));
    if (is_gray) {
        const int pairs[] = {0, 0, 3, 1};
        cv::mixChannels(&colors, 1, &result, 1, pairs, has_alpha ? 2 : 1);
    } else {
        const int pairs[] = {0, 2, 1, 1, 2, 0, 3, 3};
        cv::mixChannels(&colors, 1, &result, 1, pairs, has_alpha ? 4 : 3);
    }
    return result;
}

}  // namespace

bool is_tiff(const Bytes &bytes) {
    const auto begins = [&](const char *magic) { return std::memcmp(bytes.data(), magic, 4) == 0; };
    return bytes.size() >= 4 && (begins("II*\0") || begins("MM\0*") || begins("II+\0") || begins("MM\0+"));
}

DecodedImage read_tiff(const Bytes &bytes) {
    TiffMemory file(bytes);
    std::uint32_t width = 0, height = 0;
    TIFFGetField(file.handle(), TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(file.handle(), TIFFTAG_IMAGELENGTH, &height);
    check_extents(width, height);
    file.mind_warnings();
    TIFFRGBAImage image{};
    const cv::Mat colors = read_colors(file, image);
    const bool is_gray =
        image.photometric == PHOTOMETRIC_MINISBLACK || image.photometric == PHOTOMETRIC_MINISWHITE;
    DecodedImage result;
    result.pixels = with_channels(colors, is_gray, image.alpha != 0);
    // libtiff multiplies colors by alpha where the file does not; gray it leaves.
    result.premultiplied = !is_gray || image.alpha == EXTRASAMPLE_ASSOCALPHA;
    result.orientation = image.orientation;
    return result;
}

}  // namespace fsd
