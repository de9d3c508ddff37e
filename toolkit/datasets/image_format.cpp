// Resizing (area averaging) and the change between gray and color.
#include "toolkit/datasets/image_format.h"

#include "toolkit/image_files/decode_image.h"
#include "toolkit/image_files/within_memory.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fsd {
namespace {

int or_else(int wanted, int found) {
    return wanted ? wanted : found;
}

cv::Mat with_colors(const cv::Mat &image, int colors) {
    cv::Mat out = image;
    if (image.channels() != colors) {
        cv::cvtColor(image, out, colors == 1 ? cv::COLOR_RGB2GRAY : cv::COLOR_GRAY2RGB);
    }
    return out;
}

cv::Mat with_format(const cv::Mat &image, const ImageFormat &format) {
    cv::Mat out = with_colors(image, or_else(format.colors, image.channels()));
    const cv::Size size(or_else(format.width, image.cols), or_else(format.height, image.rows));
    if (out.size() != size) {
        cv::Mat resized;
        const bool shrinks = size.width < out.cols || size.height < out.rows;
        cv::resize(out, resized, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
        out = resized;
    }
    return out;
}

Image read(const std::vector<std::uint8_t> &bytes, const std::string &name, const ImageFormat &format) {
    cv::Mat image = decode_image(bytes, name);
    if (image.channels() == 3) {
        cv::cvtColor(image, image, cv::COLOR_BGR2RGB);
    }
    image = with_format(image, format);
    Image out{image.rows, image.cols, image.channels(), {}};
    out.pixels.reserve(image.total() * image.elemSize());
    for (int y = 0; y < image.rows; y++) {
        const std::uint8_t *row = image.ptr(y);
        out.pixels.insert(out.pixels.end(), row, row + image.cols * image.elemSize());
    }
    return out;
}

}  // namespace

Image image_in_format(const std::vector<std::uint8_t> &bytes, const std::string &name,
                      const ImageFormat &format) {
    return within_memory("The image " + name, [&] { return read(bytes, name, format); });
}

Tensor converted(const Tensor &images, const ImageFormat &format) {
    const Shape from = shape_of(images);
    const Shape to = {from[0], or_else(format.height, from[1]), or_else(format.width, from[2]),
                      or_else(format.colors, from[3])};
    if (from == to) {
        return images;
    }
    Tensor out = make_tensor(images.type(), to);
    const int from_bytes = from[1] * from[2] * from[3];
    const int to_bytes = to[1] * to[2] * to[3];
    for (int sample = 0; sample < from[0]; sample++) {
        auto *source =
            static_cast<std::uint8_t *>(const_cast<void *>(images.data())) + std::size_t(sample) * from_bytes;
        const cv::Mat image = with_format(cv::Mat(from[1], from[2], CV_8UC(from[3]), source), format);
        std::copy(image.data, image.data + to_bytes,
                  static_cast<std::uint8_t *>(out.data()) + std::size_t(sample) * to_bytes);
    }
    return out;
}

}  // namespace fsd
