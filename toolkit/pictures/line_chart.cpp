// Lays out panels of 480 x 360 pixels: title, axes with ticks, lines, legend.
#include "toolkit/pictures/line_chart.h"

#include "toolkit/pictures/axis_range.h"
#include "toolkit/pictures/svg.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double panel_width = 480, panel_height = 360;
constexpr double left = 64, right = 16, top = 60, bottom = 48;

// Okabe and Ito's colors, which remain distinct for color-blind people.
const char *const colors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"};

using Values = std::vector<double> Series::*;

AxisRange range_of(const LineChart &chart, Values values) {
    AxisRange range;
    for (const Series &series : chart.series) {
        for (const double value : series.*values) {
            range.include(value);
        }
    }
    range.round();
    return range;
}

// A panel's mapping from values to pixels.
struct Panel {
    AxisRange x, y;
    double offset = 0;  // of its left edge

    double column(double value) const {
        return offset + left + (value - x.low) / (x.high - x.low) * (panel_width - left - right);
    }
    double row(double value) const {
        return panel_height - bottom - (value - y.low) / (y.high - y.low) * (panel_height - top - bottom);
    }
};

void draw_axes(Svg &svg, const Panel &panel, const LineChart &chart) {
    const double first = panel.column(panel.x.low), last = panel.column(panel.x.high);
    const double base = panel.row(panel.y.low), ceiling = panel.row(panel.y.high);
    for (const auto &[value, label] : panel.y.ticks()) {
        svg.line(first, panel.row(value), last, panel.row(value), "#dddddd");
        svg.label(first - 6, panel.row(value) + 4, label, Svg::Anchor::end);
    }
    for (const auto &[value, label] : panel.x.ticks()) {
        svg.line(panel.column(value), base, panel.column(value), base + 4, "#444444");
        svg.label(panel.column(value), base + 17, label, Svg::Anchor::middle);
    }
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
