// Three colors, mixed.
#include "toolkit/pictures/color_map.h"

#include "runtime/formats/decimal.h"

#include <algorithm>
#include <cmath>

namespace fsd {

Color diverging(double value, double range) {
    constexpr Color below{33, 82, 163}, zero{247, 247, 247}, above{178, 24, 43};
    const double share = range > 0 ? std::clamp(value / range, -1.0, 1.0) : 0;
    return share < 0 ? mixed(zero, below, -share) : mixed(zero, above, share);
}

void draw_color_scale(Canvas &canvas, double x, double y, double width, double range,
                      const std::string &unit) {
    const int steps = 100;
    for (int step = 0; step < steps; step++) {
        canvas.rectangle(x + width * step / steps, y, width / steps + 0.5, 10,
                         diverging(2.0 * step / (steps - 1) - 1, 1));
    }
    const std::string end = range < 0.1 ? rounded_decimal(range, 1) : fixed_decimal(range, 1);
    canvas.write(x, y + 24, "-" + end, 8, faint_text, Align::center);
    canvas.write(x + width / 2, y + 24, "0", 8, faint_text, Align::center);
    canvas.write(x + width, y + 24, end, 8, faint_text, Align::center);
    canvas.write(x + width + 24, y + 9, unit, 8, faint_text);
}

}  // namespace fsd
