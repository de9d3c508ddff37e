// Cuts and joins; image files go through the decoder and the preparation of all verbs.
#include "toolkit/demo/picture_bytes.h"

#include "runtime/error.h"
#include "toolkit/image_files/decode_image.h"
#include "toolkit/image_files/within_memory.h"
#include "toolkit/images/prepare.h"

namespace fsd::demo {
namespace {

std::size_t sites_of(const Input &input) {
    return std::size_t(input.height) * input.width;
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

Picture picture_of_file(const Bytes &file, const Model &model) {
    return within_memory("The image", [&] {
        Picture picture;
        picture.pixels.resize(sites_of(model.input) * model.input.colors);
        prepare_image(decode_image(file, "'photo'"), model.preprocessing, model.input, "photo",
                      picture.pixels.data());
        return picture;
    });
}

}  // namespace fsd::demo
