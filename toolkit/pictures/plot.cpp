// Draws the marks of plots into their frames.
#include "toolkit/pictures/plot.h"

#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/plot_frame.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

// The finite points, cut where one is not.
std::vector<std::vector<Point>> stretches(const PlotFrame &frame, const Marks &marks) {
    std::vector<std::vector<Point>> all(1);
    for (std::size_t i = 0; i < std::min(marks.x.size(), marks.y.size()); i++) {
        if (std::isfinite(marks.x[i]) && std::isfinite(marks.y[i])) {
            all.back().push_back(frame.place(marks.x[i], marks.y[i]));
        } else if (!all.back().empty()) {
            all.emplace_back();
        }
    }
    return all;
}

void draw_bar(Canvas &canvas, const PlotFrame &frame, const Marks &bars, std::size_t i, const Color &color) {
    const double left = frame.column(bars.x[i]), width = frame.column(bars.x[i] + bar_width(bars, i)) - left;
    canvas.rectangle(left, frame.row(bars.y[i]), width, frame.row(0) - frame.row(bars.y[i]),
                     mixed(color, paper, 0.55));
}

void draw_cell(Canvas &canvas, const PlotFrame &frame, const Marks &cells, std::size_t i) {
    const Point low = frame.place(cells.x[i], cells.y[i]), high = frame.place(cells.x[i] + 1, cells.y[i] + 1);
    canvas.rectangle(low.x, high.y, high.x - low.x, low.y - high.y,
                     diverging(i < cells.value.size() ? cells.value[i] : 0, 1));
}

void draw_marks(Canvas &canvas, const PlotFrame &frame, const Marks &marks, const Color &color) {
    if (marks.mark == Mark::points || marks.mark == Mark::line) {
        for (const std::vector<Point> &points : stretches(frame, marks)) {
            marks.mark == Mark::line ? canvas.polyline(points, color) : canvas.dots(points, color);
        }
        return;
    }
    for (std::size_t i = 0; i < std::min(marks.x.size(), marks.y.size()); i++) {
        if (std::isfinite(marks.x[i]) && std::isfinite(marks.y[i])) {
            marks.mark == Mark::bars ? draw_bar(canvas, frame, marks, i, color)
                                     : draw_cell(canvas, frame, marks, i);
        }
    }
}

}  // namespace

Canvas plots_picture(const std::vector<Plot> &plots) {
    Canvas canvas(panel_width * static_cast<double>(std::max<std::size_t>(1, plots.size())), panel_height);
    for (std::size_t i = 0; i < plots.size(); i++) {
        const PlotFrame frame(plots[i], panel_width * static_cast<double>(i));
        frame.draw(canvas);
        for (std::size_t m = 0; m < plots[i].marks.size(); m++) {
            draw_marks(canvas, frame, plots[i].marks[m], series_colors[m % series_colors.size()]);
        }
    }
    return canvas;
}

}  // namespace fsd
