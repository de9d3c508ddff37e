// Lays out panels of 480 x 360 pixels: title, axes with ticks, lines, legend.
#include "toolkit/pictures/line_chart.h"

#include "runtime/formats/decimal.h"
#include "toolkit/pictures/svg.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double panel_width = 480, panel_height = 360;
constexpr double left = 64, right = 16, top = 60, bottom = 48;
constexpr int most_ticks = 6;

// Okabe and Ito's colors, which remain distinct for color-blind people.
const char *const colors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"};

struct Range {
    double low = 0, high = 1;
};

using Values = std::vector<double> Series::*;

// From the tick below the smallest value to the tick above the largest one.
Range range_of(const LineChart &chart, Values values) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const Series &series : chart.series) {
        for (const double value : series.*values) {
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }
    if (low > high) {
        return {};
    }
    if (high - low <= 1e-12 * std::max(std::fabs(low), std::fabs(high))) {
        const double margin = low == 0 ? 1 : std::fabs(low) / 2;
        low -= margin;
        high += margin;
    }
    const double step = tick_step(high - low, most_ticks);
    return {std::floor(low / step) * step, std::ceil(high / step) * step};
}

// A panel's mapping from values to pixels.
struct Panel {
    Range x, y;
    double offset = 0;  // of its left edge

    double column(double value) const {
        return offset + left + (value - x.low) / (x.high - x.low) * (panel_width - left - right);
    }
    double row(double value) const {
        return panel_height - bottom - (value - y.low) / (y.high - y.low) * (panel_height - top - bottom);
    }
};

std::string tick_text(double value, double step) {
    const int digits = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    return fixed_decimal(std::fabs(value) < step / 2 ? 0 : value, digits);
}

template<typename Draw>
void for_each_tick(const Range &range, Draw draw) {
    const double step = tick_step(range.high - range.low, most_ticks);
    const auto count = static_cast<int>(std::lround((range.high - range.low) / step));
    for (int tick = 0; tick <= count; tick++) {
        const double value = range.low + tick * step;
        draw(value, tick_text(value, step));
    }
}

void draw_axes(Svg &svg, const Panel &panel, const LineChart &chart) {
    const double first = panel.column(panel.x.low), last = panel.column(panel.x.high);
    const double base = panel.row(panel.y.low), ceiling = panel.row(panel.y.high);
    for_each_tick(panel.y, [&](double value, const std::string &label) {
        svg.line(first, panel.row(value), last, panel.row(value), "#dddddd");
        svg.label(first - 6, panel.row(value) + 4, label, Svg::Anchor::end);
    });
    for_each_tick(panel.x, [&](double value, const std::string &label) {
        svg.line(panel.column(value), base, panel.column(value), base + 4, "#444444");
        svg.label(panel.column(value), base + 17, label, Svg::Anchor::middle);
    });
    svg.line(first, base, last, base, "#444444");
    svg.line(first, base, first, ceiling, "#444444");
    svg.label((first + last) / 2, panel_height - 10, chart.x_label, Svg::Anchor::middle);
    svg.upright_label(panel.offset + 16, (base + ceiling) / 2, chart.y_label);
    svg.title((first + last) / 2, 22, chart.title);
}

void draw_series(Svg &svg, const Panel &panel, const Series &series, const std::string &color) {
    std::vector<Svg::Point> points;
    const std::size_t count = std::min(series.x.size(), series.y.size());
    for (std::size_t i = 0; i <= count; i++) {
        if (i < count && std::isfinite(series.x[i]) && std::isfinite(series.y[i])) {
            points.push_back({panel.column(series.x[i]), panel.row(series.y[i])});
        } else if (!points.empty()) {
            svg.polyline(points, color);
            points.clear();
        }
    }
}

// In a line above the axes, where no curve can be.
void draw_legend(Svg &svg, const Panel &panel, const LineChart &chart) {
    constexpr double row = 42, dash = 22, gap = 6, letter = 7;
    double column = panel.offset + left;
    for (std::size_t i = 0; i < chart.series.size(); i++) {
        svg.line(column, row, column + dash, row, colors[i % std::size(colors)], 2);
        svg.label(column + dash + gap, row + 4, chart.series[i].name, Svg::Anchor::start);
        column += dash + 4 * gap + letter * static_cast<double>(chart.series[i].name.size());
    }
}

}  // namespace

double tick_step(double span, int most) {
    const double power = std::pow(10, std::floor(std::log10(span / most)));
    for (const double factor : {1, 2, 5}) {
        if (span / (power * factor) <= most * (1 + 1e-9)) {
            return power * factor;
        }
    }
    return power * 10;
}

std::string line_charts_svg(const std::vector<LineChart> &charts) {
    Svg svg(panel_width * static_cast<double>(std::max<std::size_t>(1, charts.size())), panel_height);
    for (std::size_t i = 0; i < charts.size(); i++) {
        const LineChart &chart = charts[i];
        const Panel panel{range_of(chart, &Series::x), range_of(chart, &Series::y),
                          panel_width * static_cast<double>(i)};
        draw_axes(svg, panel, chart);
        for (std::size_t s = 0; s < chart.series.size(); s++) {
            draw_series(svg, panel, chart.series[s], colors[s % std::size(colors)]);
        }
        draw_legend(svg, panel, chart);
    }
    return svg.text();
}

}  // namespace fsd
