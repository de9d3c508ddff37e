// Cuts and joins; image files go through the decoder and the preparation of all verbs.
#include "toolkit/demo/picture_bytes.h"

#include "runtime/error.h"
#include "toolkit/image_files/decode_image.h"
#include "toolkit/image_files/within_memory.h"
#include "toolkit/images/prepare.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fsd::demo {
namespace {

std::size_t sites_of(const Input &input) {
    return std::size_t(input.height) * input.width;
}

constexpr const char *name = "photo";  // in sentences

// Which pixels of the input were observed; empty where nothing of the image is transparent.
std::vector<std::uint8_t> observed_of(const Bytes &file, const Input &input) {
    const cv::Mat alpha = decode_alpha(file, text("'", name, "'"));
    const cv::Mat missing = alpha.empty() ? cv::Mat() : cv::Mat(alpha == 0);
    if (missing.empty() || cv::countNonZero(missing) == 0) {
        return {};
    }
    cv::Mat fitted;
    const bool shrinks = missing.cols > input.width || missing.rows > input.height;
    cv::resize(missing, fitted, {input.width, input.height}, 0, 0,
               shrinks ? cv::INTER_AREA : cv::INTER_NEAREST);
    std::vector<std::uint8_t> observed(sites_of(input));
    std::transform(fitted.begin<std::uint8_t>(), fitted.end<std::uint8_t>(), observed.begin(),
                   [](std::uint8_t share) { return share == 0 ? 1 : 0; });
    return observed;
}

}  // namespace

std::size_t picture_size(const Input &input) {
    return sites_of(input) * (input.colors + 1);
}

Picture picture_from(const Bytes &bytes, const Input &input) {
    const std::size_t pixels = sites_of(input) * input.colors;
    if (bytes.size() != pixels && bytes.size() != picture_size(input)) {
        throw Error(ExitCode::bad_input,
                    text("A picture for this network has ", pixels, " bytes, or ", picture_size(input),
                         " where pixels are unobserved; found ", bytes.size(), "."));
    }
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(pixels);
    return {{bytes.begin(), end}, {end, bytes.end()}};
}

std::string bytes_of(const Picture &picture) {
    std::string result(picture.pixels.begin(), picture.pixels.end());
    result.append(picture.observed.begin(), picture.observed.end());
    return result;
}

Picture picture_of_file(const Bytes &file, const Model &model, bool unobserved) {
    return within_memory("The image", [&] {
        const Input &input = model.input;
        const cv::Mat image = decode_image(file, text("'", name, "'"));
        const bool stays =
            model.preprocessing.kind == "none" || (image.rows == input.height && image.cols == input.width);
        Picture picture;
        if (unobserved && stays) {
            picture.observed = observed_of(file, input);
        }
        picture.pixels.resize(sites_of(input) * input.colors);
        // What is cropped and centered by its ink would leave the place of its mask.
        prepare_image(image, picture.observed.empty() ? model.preprocessing : Preprocessing{}, input, name,
                      picture.pixels.data());
        return picture;
    });
}

}  // namespace fsd::demo
