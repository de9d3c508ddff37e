// Three colors, mixed.
#include "toolkit/pictures/color_map.h"

#include "runtime/formats/decimal.h"

#include <algorithm>

namespace fsd {

Color diverging(double value, double range) {
    constexpr Color below{33, 82, 163}, zero{247, 247, 247}, above{178, 24, 43}, no_number{255, 221, 0};
    if (std::isnan(value)) {
        return no_number;
    }
    const double share = range > 0 ? std::clamp(value / range, -1.0, 1.0) : 0;
    return share < 0 ? mixed(zero, below, -share) : mixed(zero, above, share);
}

cv::Mat diverging(const cv::Size &size, const std::function<double(int y, int x)> &value, double range) {
    cv::Mat colors(size, CV_8UC3);
    for (int y = 0; y < size.height; y++) {
        for (int x = 0; x < size.width; x++) {
            const Color color = diverging(value(y, x), range);
            colors.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(color.blue),
                                          static_cast<std::uint8_t>(color.green),
                                          static_cast<std::uint8_t>(color.red)};
        }
    }
    return colors;
}

void draw_color_ramp(Canvas &canvas, double x, double y, double width) {
    constexpr int steps = 101;
    canvas.image(x, y, width, 8,
                 diverging(
                     {steps, 1}, [](int, int step) { return 2.0 * step / (steps - 1) - 1; }, 1));
}

void draw_color_scale(Canvas &canvas, double x, double y, double width, double range,
                      const std::string &unit) {
    draw_color_ramp(canvas, x, y, width);
    const std::string end = range < 0.1 ? rounded_decimal(range, 1) : fixed_decimal(range, 1);
    const TextStyle style{11, faint_text, Align::center};
    canvas.write(x, y + 21, "\u2212" + end, style);
    canvas.write(x + width / 2, y + 21, "0", style);
    canvas.write(x + width, y + 21, end, style);
    canvas.write(x + width + 24, y + 8, unit, {11, faint_text});
}

}  // namespace fsd
