// Chooses the format's reader, and brings what it gives to one form.
#include "toolkit/image_files/decode_image.h"

#include "runtime/error.h"
#include "runtime/formats/content_kind.h"
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/image_limits.h"
#include "toolkit/image_files/orientation.h"
#include "toolkit/image_files/transparency.h"
#include "toolkit/image_files/within_memory.h"

#include <algorithm>
#include <array>
#include <new>

namespace fsd {
namespace {

struct Format {
    bool (*recognizes)(const Bytes &);
    DecodedImage (*read)(const Bytes &);
};

constexpr std::array formats = {
    Format{is_png, read_png},   Format{is_jpeg, read_jpeg}, Format{is_tiff, read_tiff},
    Format{is_webp, read_webp}, Format{is_bmp, read_bmp},   Format{is_pnm, read_pnm},
};

DecodedImage decode_stored(const Bytes &bytes) {
    if (bytes.empty()) {
        throw DecodingFailure("it is empty");
    }
    if (bytes.size() > largest_image_file()) {
        throw DecodingFailure(
            text("it has ", bytes.size(), " bytes, and at most ", largest_image_file(), " are read"));
    }
    const auto *format = std::find_if(formats.begin(), formats.end(),
                                      [&](const Format &one) { return one.recognizes(bytes); });
    if (format == formats.end()) {
        const std::string kind = content_kind(
            std::string(bytes.begin(), bytes.begin() + std::min(bytes.size(), content_kind_bytes)));
        throw DecodingFailure(
            text("it is no image of a known format (PNG, JPEG, TIFF, WebP, BMP, PBM, PGM, PPM)",
                 kind.empty() ? "" : " but ", kind));
    }
    return format->read(bytes);
}

cv::Mat decode(const Bytes &bytes) {
    const DecodedImage stored = decode_stored(bytes);
    return upright(opaque(stored.pixels, stored.premultiplied), stored.orientation);
}

cv::Mat alpha_of(const Bytes &bytes) {
    const DecodedImage stored = decode_stored(bytes);
    const int channels = stored.pixels.channels();
    if (channels != 2 && channels != 4) {
        return {};
    }
    cv::Mat alpha;
    cv::extractChannel(stored.pixels, alpha, channels - 1);
    return upright(alpha, stored.orientation);
}

// With sentences that name the image.
template<typename Decode>
cv::Mat named(const std::string &name, Decode decode) {
    try {
        return within_memory("The image " + name, decode);
    } catch (const DecodingFailure &failure) {
        throw Error(ExitCode::bad_input, text("The image ", name, " cannot be read: ", failure.what(), "."));
    }
}

}  // namespace

void fail_as_library_says(const std::string &message) {
    if (message.find("memory") != std::string::npos) {
        throw std::bad_alloc();
    }
    throw DecodingFailure(text("it is damaged or cut (", message, ")"));
}

cv::Mat decode_image(const std::vector<std::uint8_t> &bytes, const std::string &name) {
    return named(name, [&] { return decode(bytes); });
}

cv::Mat decode_alpha(const std::vector<std::uint8_t> &bytes, const std::string &name) {
    return named(name, [&] { return alpha_of(bytes); });
}

}  // namespace fsd
