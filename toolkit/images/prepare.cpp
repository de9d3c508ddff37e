// Chooses the preprocessing and lays out the bytes.
#include "toolkit/images/prepare.h"

#include "runtime/error.h"
#include "toolkit/images/digit.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fsd {
namespace {

cv::Mat resized(const cv::Mat &image, const Input &input) {
    const cv::Size target(input.width, input.height);
    if (image.size() == target) {
        return image;
    }
    const bool shrinks = image.cols > target.width || image.rows > target.height;
    cv::Mat result;
    cv::resize(image, result, target, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_CUBIC);
    return result;
}

cv::Mat digit(const cv::Mat &image, const Input &input, const std::string &name) {
    if (input.height != input.width) {
        throw Error(ExitCode::unsupported,
                    text("The preprocessing 'digit' makes square images; the model's input has ",
                         input.height, " x ", input.width, " pixels."));
    }
    return prepare_digit(image, input.height, name);
}

// OpenCV's order of colors to the network's.
cv::Mat colored(const cv::Mat &image, int colors) {
    if (image.channels() == 1 && colors == 1) {
        return image;
    }
    cv::Mat result;
    cv::cvtColor(image, result,
                 image.channels() == 1 ? cv::COLOR_GRAY2RGB
                 : colors == 1         ? cv::COLOR_BGR2GRAY
                                       : cv::COLOR_BGR2RGB);
    return result;
}

}  // namespace

void prepare_image(const cv::Mat &image, const Preprocessing &preprocessing, const Input &input,
                   const std::string &name, std::uint8_t *pixels) {
    cv::Mat result;
    if (preprocessing.kind == "digit") {
        result = digit(image, input, name);
    } else if (preprocessing.kind == "none") {
        result = resized(image, input);
    } else {
        throw Error(ExitCode::unsupported,
                    text("The model asks for the preprocessing '", preprocessing.kind,
                         "', which this version does not know; it knows none and digit."));
    }
    result = colored(result, input.colors);
    CV_Assert(result.isContinuous() && result.depth() == CV_8U && result.channels() == input.colors);
    std::copy(result.datastart, result.dataend, pixels);
}

}  // namespace fsd
