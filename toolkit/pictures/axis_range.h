// The range of a chart's axis, and its ticks.
#pragma once

#include <cmath>
#include <string>
#include <vector>

namespace fsd {

enum class Scale {
    real,
    whole,    // epochs, layers: ticks are whole numbers, and the axis ends where the values do
    percent,  // within 0 and 100
};

struct Tick {
    double value;
    std::string text;
};

// From `low` to `high`; before any value is included, low is above high.
struct AxisRange {
    Scale scale = Scale::real;
    double low = HUGE_VAL, high = -HUGE_VAL;

    // Values that are not finite are passed over.
    void include(double value);

    // From the tick below the smallest value to the tick above the largest one, as far as the scale goes;
    // where there is none 0 to 1, or 0 to 100 percent.
    void round();

    // At most seven or eight, at whole multiples of their distance, all within the range.
    std::vector<Tick> ticks() const;

private:
    double step() const;
};

// The smallest of 1, 2, 5, 10, ... times a power of ten that cuts `span` into at most `most` pieces.
double tick_step(double span, int most);

}  // namespace fsd
