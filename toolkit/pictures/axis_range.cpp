// Rounding to ticks. It can widen the range so much that the next larger distance is taken for the ticks
// themselves.
#include "toolkit/pictures/axis_range.h"

#include "runtime/formats/decimal.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr int most_pieces = 6;
constexpr double hair = 1e-9;  // of rounding, in ticks

std::string text_of(double value, double step) {
    const int digits = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - hair)));
    return fixed_decimal(std::fabs(value) < step / 2 ? 0 : value, digits);
}

}  // namespace

void AxisRange::include(double value) {
    if (std::isfinite(value)) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
}

void AxisRange::round() {
    if (low > high) {
        low = 0;
        high = 1;
    }
    if (high - low <= 1e-12 * std::max(std::fabs(low), std::fabs(high))) {
        const double margin = low == 0 ? 1 : std::fabs(low) / 2;
        low -= margin;
        high += margin;
    }
    const double step = tick_step(high - low, most_pieces);
    low = std::floor(low / step) * step;
    high = std::ceil(high / step) * step;
}

std::vector<Tick> AxisRange::ticks() const {
    const double step = tick_step(high - low, most_pieces);
    std::vector<Tick> ticks;
    for (double multiple = std::ceil(low / step - hair); multiple <= high / step + hair; multiple++) {
        ticks.push_back({multiple * step, text_of(multiple * step, step)});
    }
    return ticks;
}

double tick_step(double span, int most) {
    const double power = std::pow(10, std::floor(std::log10(span / most)));
    for (const double factor : {1, 2, 5}) {
        if (span / (power * factor) <= most * (1 + hair)) {
            return power * factor;
        }
    }
    return power * 10;
}

}  // namespace fsd
