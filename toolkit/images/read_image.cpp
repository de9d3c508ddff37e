// Decodes with OpenCV; its exceptions become Errors.
#include "toolkit/images/read_image.h"

#include "runtime/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace fsd {
namespace {

[[noreturn]] void fail(const std::string &path, const std::string &reason) {
    throw Error(ExitCode::bad_input, text("The image '", path, "' cannot be read: ", reason, "."));
}

std::vector<uchar> read_bytes(const std::string &path) {
    if (std::filesystem::is_directory(path)) {
        fail(path, "it is a directory");
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        fail(path, std::strerror(errno));
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

// While it lives, the standard error goes nowhere: libpng and libjpeg write there by themselves, and the
// Error says what is wrong with the file.
class QuietDecoders {
public:
    QuietDecoders() : kept_(::dup(STDERR_FILENO)) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (kept_ >= 0 && nowhere >= 0) {
            ::dup2(nowhere, STDERR_FILENO);
        }
        ::close(nowhere);
    }
    ~QuietDecoders() {
        if (kept_ >= 0) {
            ::dup2(kept_, STDERR_FILENO);
            ::close(kept_);
        }
    }
    QuietDecoders(const QuietDecoders &) = delete;
    QuietDecoders &operator=(const QuietDecoders &) = delete;

private:
    int kept_;
};

cv::Mat on_white(const cv::Mat &transparent) {
    std::vector<cv::Mat> planes;
    cv::split(transparent, planes);
    cv::Mat alpha;
    planes[3].convertTo(alpha, CV_32F, 1 / 255.0);
    for (int channel = 0; channel < 3; channel++) {
        planes[channel].convertTo(planes[channel], CV_32F);
        planes[channel] = planes[channel].mul(alpha) + 255 * (1 - alpha);
        planes[channel].convertTo(planes[channel], CV_8U);
    }
    cv::Mat result;
    cv::merge(planes.data(), 3, result);
    return result;
}

cv::Mat decode(const std::vector<uchar> &bytes) {
    cv::Mat stored = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
    // An image that could not be decoded may still say that it has channels.
    if (stored.empty()) {
        return stored;
    }
    if (stored.channels() != 4) {
        return cv::imdecode(bytes, cv::IMREAD_ANYCOLOR);
    }
    cv::Mat narrow = stored;
    if (stored.depth() == CV_16U) {
        stored.convertTo(narrow, CV_8U, 1 / 257.0);
    }
    return on_white(narrow);
}

}  // namespace

cv::Mat read_image(const std::string &path) {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    const std::vector<uchar> bytes = read_bytes(path);
    if (bytes.empty()) {
        fail(path, "it is empty");
    }
    cv::Mat image;
    try {
        const QuietDecoders quiet;
        image = decode(bytes);
    } catch (const cv::Exception &error) {
        fail(path, error.err);
    }
    if (image.empty()) {
        fail(path, "it is no image of a known format (PNG, JPEG, BMP, TIFF, PGM, WebP), or it is damaged");
    }
    return image;
}

}  // namespace fsd
