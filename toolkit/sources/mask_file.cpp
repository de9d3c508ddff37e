// Brings what the file holds to four axes.
#include "toolkit/sources/mask_file.h"

#include "runtime/error.h"
#include "toolkit/image_files/read_image.h"
#include "toolkit/npy/convert.h"
#include "toolkit/npy/npy.h"

#include <algorithm>
#include <cstring>
#include <filesystem>

namespace fsd {
namespace {

Tensor from_image(const std::string &path) {
    const cv::Mat image = read_image(path);
    if (image.channels() != 1) {
        throw Error(ExitCode::bad_input, text("The mask '", path,
                                              "' has colors; expected a gray image, black where nothing was "
                                              "observed."));
    }
    Tensor mask = make_tensor<std::uint8_t>({image.rows, image.cols});
    auto *to = static_cast<std::uint8_t *>(mask.data());
    for (int y = 0; y < image.rows; y++, to += image.cols) {
        std::memcpy(to, image.ptr(y), static_cast<std::size_t>(image.cols));
    }
    return mask;
}

// [image, y, x, color], where one image may stand for all.
Shape with_four_axes(const Shape &shape, const Input &input) {
    if (shape.size() == 2) {
        return {1, shape[0], shape[1], 1};
    }
    if (shape.size() == 3) {
        const bool has_color = shape[0] == input.height && shape[1] == input.width &&
                               (shape[2] == 1 || shape[2] == input.colors);
        return has_color ? Shape{1, shape[0], shape[1], shape[2]} : Shape{shape[0], shape[1], shape[2], 1};
    }
    return shape;
}

// In memory of its own.
Tensor repeated(const Tensor &mask, int images) {
    if (mask.dim(3).extent() == images) {
        return copy_of(mask);
    }
    Shape shape = shape_of(mask);
    shape[0] = images;
    Tensor all = make_tensor<std::uint8_t>(shape);
    for (int image = 0; image < images; image++) {
        std::memcpy(static_cast<std::uint8_t *>(all.data()) + image * mask.size_in_bytes(), mask.data(),
                    mask.size_in_bytes());
    }
    return all;
}

// What the file holds, with four axes: one mask, or one for each of so many images. `expected` says in the
// refusal how many there may be.
Tensor fitting(const std::string &path, const Input &input, int images, const std::string &expected) {
    const bool is_array = std::filesystem::path(path).extension() == ".npy";
    const Tensor found =
        is_array
            ? converted(read_npy(path), halide_type_of<std::uint8_t>(), text("The mask '", path, "'")).tensor
            : from_image(path);
    const Shape shape = with_four_axes(shape_of(found), input);
    const bool fits = shape.size() == 4 && (shape[0] == 1 || shape[0] == images) &&
                      shape[1] == input.height && shape[2] == input.width &&
                      (shape[3] == 1 || shape[3] == input.colors);
    if (!fits) {
        throw Error(ExitCode::bad_input,
                    text("The mask '", path, "' has the shape ", to_string(shape_of(found)),
                         "; expected the network's ", to_string({input.height, input.width}), ", ", expected,
                         ", and per color if at all."));
    }
    return reshaped(found, shape);
}

}  // namespace

Tensor read_masks(const std::string &path, const Input &input, int images) {
    return repeated(fitting(path, input, images,
                            images == 1 ? "for one image" : text("alone or for each of ", images, " images")),
                    images);
}

Tensor read_common_mask(const std::string &path, const Input &input, int images) {
    return repeated(fitting(path, input, 1, "one mask for all images"), images);
}

Tensor both_observed(const Tensor &a, const Tensor &b) {
    if (!a.data() || !b.data()) {
        return a.data() ? a : b;
    }
    Shape shape = shape_of(a);
    shape[3] = std::max(shape[3], shape_of(b)[3]);
    Tensor both = make_tensor<std::uint8_t>(shape);
    const int a_colors = shape_of(a)[3], b_colors = shape_of(b)[3];
    const auto *of_a = static_cast<const std::uint8_t *>(a.data()),
               *of_b = static_cast<const std::uint8_t *>(b.data());
    auto *to = static_cast<std::uint8_t *>(both.data());
    const std::size_t pixels = both.number_of_elements() / static_cast<std::size_t>(shape[3]);
    for (std::size_t pixel = 0; pixel < pixels; pixel++, of_a += a_colors, of_b += b_colors) {
        for (int color = 0; color < shape[3]; color++) {
            const bool observed =
                of_a[a_colors == 1 ? 0 : color] != 0 && of_b[b_colors == 1 ? 0 : color] != 0;
            *to++ = observed ? 1 : 0;
        }
    }
    return both;
}

}  // namespace fsd
