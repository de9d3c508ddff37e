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
        high = scale == Scale::percent ? 100 : 1;
    }
    if (high - low <= 1e-12 * std::max(std::fabs(low), std::fabs(high))) {
        const double margin = scale == Scale::whole || low == 0 ? 1 : std::fabs(low) / 2;
        low -= margin;
        high += margin;
    }
    if (scale != Scale::whole) {
        const double distance = step();
        low = std::floor(low / distance) * distance;
        high = std::ceil(high / distance) * distance;
    }
    if (scale == Scale::percent) {
        low = std::max(low, 0.);
        high = std::min(high, 100.);
    }
}

std::vector<Tick> AxisRange::ticks() const {
    const double distance = step();
    std::vector<Tick> ticks;
    for (double multiple = std::ceil(low / distance - hair); multiple <= high / distance + hair; multiple++) {
        ticks.push_back({multiple * distance, text_of(multiple * distance, distance)});
    }
    return ticks;
}

double AxisRange::step() const {
    const double distance = tick_step(high - low, most_pieces);
    return scale == Scale::whole ? std::max(distance, 1.) : distance;
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
