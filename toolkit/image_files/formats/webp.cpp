// WebP, by libwebp: RIFF chunks around lossy or lossless data.
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/image_limits.h"
#include "toolkit/image_files/orientation.h"

#include <webp/decode.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace fsd {
namespace {

constexpr std::size_t riff_header = 12, chunk_header = 8;

[[noreturn]] void fail(VP8StatusCode status) {
    switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY:
        throw std::bad_alloc();
    case VP8_STATUS_NOT_ENOUGH_DATA:
        throw DecodingFailure("it is cut off");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        throw DecodingFailure("it uses a feature of WebP that is not known");
    default:
        throw DecodingFailure("it is damaged");
    }
}

std::size_t little_endian(const Bytes &bytes, std::size_t at) {
    return bytes[at] | std::size_t(bytes[at + 1]) << 8 | std::size_t(bytes[at + 2]) << 16 |
           std::size_t(bytes[at + 3]) << 24;
}

// The decoder reads no further than the pixels; what is behind them may be cut as well.
void check_length(const Bytes &bytes) {
    if (little_endian(bytes, 4) > bytes.size() - chunk_header) {
        throw DecodingFailure("it is cut off");
    }
}

int orientation_in(const Bytes &bytes) {
    std::size_t at = riff_header;
    while (bytes.size() - at >= chunk_header) {
        const std::size_t size = little_endian(bytes, at + 4), rest = bytes.size() - at - chunk_header;
        if (size > rest) {
            return 1;
        }
        if (std::memcmp(bytes.data() + at, "EXIF", 4) == 0) {
            return exif_orientation(bytes.data() + at + chunk_header, size);
        }
        at += chunk_header + std::min(size + size % 2, rest);
    }
    return 1;
}

}  // namespace

bool is_webp(const Bytes &bytes) {
    return bytes.size() >= riff_header && std::memcmp(bytes.data(), "RIFF", 4) == 0 &&
           std::memcmp(bytes.data() + 8, "WEBP", 4) == 0;
}

DecodedImage read_webp(const Bytes &bytes) {
    WebPDecoderConfig config;
    WebPInitDecoderConfig(&config);
    const VP8StatusCode header = WebPGetFeatures(bytes.data(), bytes.size(), &config.input);
    if (header != VP8_STATUS_OK) {
        fail(header);
    }
    if (config.input.has_animation) {
        throw DecodingFailure("it is an animation; give one of its frames as an image");
    }
    check_length(bytes);
    check_extents(config.input.width, config.input.height);
    DecodedImage image;
    const bool alpha = config.input.has_alpha;
    image.pixels.create(config.input.height, config.input.width, alpha ? CV_8UC4 : CV_8UC3);
    config.output.colorspace = alpha ? MODE_BGRA : MODE_BGR;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {image.pixels.data, static_cast<int>(image.pixels.step),
                            image.pixels.total() * image.pixels.elemSize()};
    const VP8StatusCode result = WebPDecode(bytes.data(), bytes.size(), &config);
    if (result != VP8_STATUS_OK) {
        fail(result);
    }
    image.orientation = orientation_in(bytes);
    return image;
}

}  // namespace fsd
