// Lays out panels of plots: title, axes with ticks, marks, legend.
#include "toolkit/pictures/plot.h"

#include "toolkit/pictures/axis_range.h"
#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/plot_surface.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fsd {
namespace {

constexpr double left = 72, right = 16, top = 64, bottom = 52;

// Okabe and Ito's colors, which remain distinct for color-blind people.
constexpr std::array<Color, 6> colors{
    {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}}};
constexpr Color axis{68, 68, 68}, grid{221, 221, 221};

class Panel {
public:
    Panel(PlotSurface &surface, const Plot &plot, double offset)
        : surface_(surface), plot_(plot), offset_(offset) {
        for (const Marks &marks : plot.marks) {
            include(marks);
        }
        if (plot.diagonal) {
            for (const AxisRange &range : {x_, y_}) {
                both(range.low);
                both(range.high);
            }
        }
        if (!has_cells()) {
            x_.round();
            y_.round();
        }
    }

    void draw() {
        axes();
        if (plot_.diagonal) {
            surface_.line(column(x_.low), row(x_.low), column(x_.high), row(x_.high), axis, 1);
        }
        for (std::size_t i = 0; i < plot_.marks.size(); i++) {
            marks(plot_.marks[i], colors[i % colors.size()]);
        }
        legend();
    }

private:
    bool has_cells() const {
        return std::any_of(plot_.marks.begin(), plot_.marks.end(),
                           [](const Marks &marks) { return marks.mark == Mark::cells; });
    }

    void both(double value) {
        x_.include(value);
        y_.include(value);
    }

    void include(const Marks &marks) {
        for (std::size_t i = 0; i < std::min(marks.x.size(), marks.y.size()); i++) {
            if (std::isfinite(marks.x[i]) && std::isfinite(marks.y[i])) {
                const double width = marks.mark == Mark::cells ? 1 : 0;
                x_.include(marks.x[i]);
                x_.include(marks.x[i] + width);
                y_.include(marks.y[i]);
                y_.include(marks.y[i] + width);
            }
        }
        if (marks.mark == Mark::bars && !marks.x.empty()) {
            x_.include(marks.x.back() + bar_width(marks, marks.x.size() - 1));
            y_.include(0);
        }
    }

    static double bar_width(const Marks &marks, std::size_t bar) {
        if (marks.x.size() < 2) {
            return 1;
        }
        const std::size_t first = std::min(bar, marks.x.size() - 2);
        return marks.x[first + 1] - marks.x[first];
    }

    double column(double value) const {
        return offset_ + left + (value - x_.low) / (x_.high - x_.low) * (panel_width - left - right);
    }
    double row(double value) const {
        return panel_height - bottom - (value - y_.low) / (y_.high - y_.low) * (panel_height - top - bottom);
    }

    void axes() {
        const double first = column(x_.low), last = column(x_.high), base = row(y_.low),
                     ceiling = row(y_.high);
        for (const auto &[value, text] : y_.ticks()) {
            surface_.line(first, row(value), last, row(value), grid, 1);
            surface_.label(first - 6, row(value) + 4, text, Align::right, false);
        }
        for (const auto &[value, text] : x_.ticks()) {
            surface_.line(column(value), base, column(value), base + 4, axis, 1);
            surface_.label(column(value), base + 17, text, Align::center, false);
        }
        surface_.line(first, base, last, base, axis, 1);
        surface_.line(first, base, first, ceiling, axis, 1);
        surface_.label((first + last) / 2, panel_height - 12, plot_.x_label, Align::center, false);
        surface_.upright_label(offset_ + 16, (base + ceiling) / 2, plot_.y_label);
        surface_.label((first + last) / 2, 24, plot_.title, Align::center, true);
    }

    void marks(const Marks &marks, const Color &color) {
        std::vector<Svg::Point> run;
        for (std::size_t i = 0; i < std::min(marks.x.size(), marks.y.size()); i++) {
            const double x = marks.x[i], y = marks.y[i];
            if (!std::isfinite(x) || !std::isfinite(y)) {
                continue;
            }
            if (marks.mark == Mark::points) {
                surface_.dot(column(x), row(y), color);
            } else if (marks.mark == Mark::cells) {
                cell(x, y, i < marks.value.size() ? marks.value[i] : 0);
            } else if (marks.mark == Mark::bars) {
                const double width = column(x + bar_width(marks, i)) - column(x);
                surface_.rectangle(column(x), row(y), width, row(0) - row(y), mixed(color, paper, 0.55));
            } else {
                run.push_back({column(x), row(y)});
            }
        }
        if (!run.empty()) {
            surface_.polyline(run, color);
        }
    }

    void cell(double x, double y, double value) {
        surface_.rectangle(column(x), row(y + 1), column(x + 1) - column(x), row(y) - row(y + 1),
                           diverging(value, 1));
    }

    void color_scale(double place) {
        constexpr int steps = 40;
        constexpr double width = 120;
        surface_.label(place, 46, "-1", Align::left, false);
        for (int step = 0; step < steps; step++) {
            surface_.rectangle(place + 18 + width * step / steps, 38, width / steps, 8,
                               diverging(2. * step / (steps - 1) - 1, 1));
        }
        surface_.label(place + 22 + width, 46, "1", Align::left, false);
    }

    // In a line above the axes.
    void legend() {
        double place = offset_ + left;
        if (has_cells()) {
            color_scale(place);
        }
        for (std::size_t i = 0; i < plot_.marks.size(); i++) {
            const std::string &name = plot_.marks[i].name;
            if (!name.empty()) {
                surface_.rectangle(place, 38, 14, 8, colors[i % colors.size()]);
                surface_.label(place + 19, 46, name, Align::left, false);
                place += 36 + 6.6 * static_cast<double>(name.size());
            }
        }
    }

    PlotSurface &surface_;
    const Plot &plot_;
    double offset_;
    AxisRange x_, y_;
};

}  // namespace

void draw_plots(PlotSurface &surface, const std::vector<Plot> &plots) {
    for (std::size_t i = 0; i < plots.size(); i++) {
        Panel(surface, plots[i], panel_width * static_cast<double>(i)).draw();
    }
}

}  // namespace fsd
