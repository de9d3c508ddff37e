// Places, and the order of colors.
#include "toolkit/pictures/fitted_image.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fsd {

void draw_fitted(Canvas &canvas, double x, double y, double side, const cv::Mat &image) {
    const double larger = std::max(image.cols, image.rows);
    const double width = side * image.cols / larger, height = side * image.rows / larger;
    canvas.image(x + (side - width) / 2, y + (side - height) / 2, width, height, image);
}

cv::Mat picture_of(const Tensor &images, std::size_t sample) {
    const Shape shape = shape_of(images);
    const std::size_t bytes = std::size_t(shape[1]) * shape[2] * shape[3];
    auto *first = static_cast<std::uint8_t *>(const_cast<void *>(images.data())) + sample * bytes;
    cv::Mat picture = cv::Mat(shape[1], shape[2], CV_8UC(shape[3]), first).clone();
    if (shape[3] == 3) {
        cv::cvtColor(picture, picture, cv::COLOR_RGB2BGR);
    }
    return picture;
}

}  // namespace fsd
