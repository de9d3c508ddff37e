// Drawing with OpenCV at four times the size.
#include "toolkit/pictures/canvas.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fsd {
namespace {

constexpr int oversampling = 4;
constexpr int font = cv::FONT_HERSHEY_SIMPLEX;
constexpr double capital_height = 21;  // of OpenCV's font at scale 1, in pixels

cv::Scalar scalar_of(const Color &color) {
    return {static_cast<double>(color.blue), static_cast<double>(color.green),
            static_cast<double>(color.red)};
}

int large(double position) {
    return static_cast<int>(std::lround(position * oversampling));
}

cv::Rect large_rectangle(double x, double y, double width, double height) {
    return {large(x), large(y), large(x + width) - large(x), large(y + height) - large(y)};
}

std::string ascii(const std::string &line) {
    std::string out;
    for (unsigned char c : line) {
        if ((c & 0xc0) != 0x80) {  // one '?' per character of UTF-8, not per byte
            out += c >= 32 && c < 127 ? static_cast<char>(c) : '?';
        }
    }
    return out;
}

}  // namespace

Color mixed(const Color &from, const Color &to, double share) {
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(from.red, to.red), mix(from.green, to.green), mix(from.blue, to.blue)};
}

Canvas::Canvas(int width, int height)
    : width_(width),
      height_(height),
      large_(height * oversampling, width * oversampling, CV_8UC3, scalar_of(paper)) {}

void Canvas::rectangle(double x, double y, double width, double height, const Color &color) {
    const cv::Rect place = large_rectangle(x, y, width, height) & cv::Rect(0, 0, large_.cols, large_.rows);
    large_(place).setTo(scalar_of(color));
}

void Canvas::frame(double x, double y, double width, double height, const Color &color) {
    cv::rectangle(large_, large_rectangle(x, y, width, height), scalar_of(color), oversampling, cv::LINE_8);
}

double Canvas::width_of(const std::string &line, double size) {
    int below = 0;
    return cv::getTextSize(ascii(line), font, 1, 1, &below).width * size / capital_height;
}

std::string Canvas::fitted(const std::string &line, double size, double width) {
    if (width_of(line, size) <= width) {
        return line;
    }
    std::string shorter = ascii(line);
    while (!shorter.empty() && width_of(shorter + "...", size) > width) {
        shorter.pop_back();
    }
    return shorter + "...";
}

void Canvas::write(double x, double y, const std::string &line, double size, const Color &color, Align align,
                   bool bold) {
    const double width = width_of(line, size);
    const double left = align == Align::left ? x : align == Align::center ? x - width / 2 : x - width;
    const double thickness = size * (bold ? 0.18 : 0.12) * oversampling;
    cv::putText(large_, ascii(line), {large(left), large(y)}, font, size * oversampling / capital_height,
                scalar_of(color), std::max(1, static_cast<int>(std::lround(thickness))), cv::LINE_AA);
}

void Canvas::image(double x, double y, double width, double height, const cv::Mat &pixels) {
    cv::Rect place = large_rectangle(x, y, width, height);
    // A photo of one line of pixels is drawn as a line.
    place.width = std::max(place.width, 1);
    place.height = std::max(place.height, 1);
    cv::Mat colors = pixels, blocks;
    if (pixels.channels() == 1) {
        cv::cvtColor(pixels, colors, cv::COLOR_GRAY2BGR);
    }
    const bool shrinks = colors.cols > place.width || colors.rows > place.height;
    cv::resize(colors, blocks, place.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_NEAREST);
    blocks.copyTo(large_(place));
}

cv::Mat Canvas::finished() const {
    cv::Mat result;
    cv::resize(large_, result, {width_, height_}, 0, 0, cv::INTER_AREA);
    return result;
}

void write_png(const std::string &path, const cv::Mat &picture) {
    std::vector<uchar> bytes;
    if (!cv::imencode(".png", picture, bytes)) {
        throw Error(ExitCode::internal, text("The picture '", path, "' cannot be encoded as PNG."));
    }
    write_file(path, bytes.data(), bytes.size());
}

}  // namespace fsd
