// Margins are as wide as what stands in them.
#include "toolkit/pictures/plot_frame.h"

#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/text_size.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double letters = 12, title_letters = 15, least_title_letters = 11, margin = 16;
constexpr double swatch = 14, gap = 6, legend_top = 38, legend_line = 18;
constexpr Color axis{68, 68, 68}, grid{221, 221, 221};

std::size_t count_of(const Marks &marks) {
    return std::min(marks.x.size(), marks.y.size());
}

// As large as it fits.
double size_of_title(const std::string &title, double room) {
    const double size = title_letters * room / std::max(text_width(title, title_letters, true), 1.);
    return std::clamp(size, least_title_letters, title_letters);
}

}  // namespace

bool has_cells(const Plot &plot) {
    return std::any_of(plot.marks.begin(), plot.marks.end(),
                       [](const Marks &marks) { return marks.mark == Mark::cells; });
}

double bar_width(const Marks &bars, std::size_t bar) {
    if (bars.x.size() < 2) {
        return 1;
    }
    const std::size_t first = std::min(bar, bars.x.size() - 2);
    return bars.x[first + 1] - bars.x[first];
}

PlotFrame::PlotFrame(const Plot &plot, double left)
    : plot_(plot), edge_(left), x_{plot.x_scale}, y_{plot.y_scale} {
    for (const Marks &marks : plot.marks) {
        include(marks);
    }
    if (plot.diagonal) {
        for (const AxisRange &range : {x_, y_}) {
            for (const double value : {range.low, range.high}) {
                x_.include(value);
                y_.include(value);
            }
        }
    }
    if (!has_cells(plot)) {  // whose axes end where they do
        x_.round();
        y_.round();
    }
    double numbers = 0;
    for (const Tick &tick : y_.ticks()) {
        numbers = std::max(numbers, text_width(tick.text, letters));
    }
    const std::vector<Tick> across = x_.ticks();
    left_ = edge_ + margin + 1.5 * letters + numbers + gap;
    right_ = edge_ + panel_width - std::max(margin, text_width(across.back().text, letters) / 2 + 2);
    bottom_ = panel_height - 50;
    place_legend();
    const double lines = legend_.empty() ? legend_top : legend_.back().y + gap;
    top_ = lines + (has_cells(plot) ? legend_line : 0) + gap;
}

void PlotFrame::include(const Marks &marks) {
    const double width = marks.mark == Mark::cells ? 1 : 0;
    for (std::size_t i = 0; i < count_of(marks); i++) {
        if (std::isfinite(marks.x[i]) && std::isfinite(marks.y[i])) {
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

void PlotFrame::place_legend() {
    double x = left_, y = legend_top + letters;
    for (std::size_t i = 0; i < plot_.marks.size(); i++) {
        if (plot_.marks[i].name.empty()) {
            continue;
        }
        const double width = swatch + gap + text_width(plot_.marks[i].name, letters);
        if (x > left_ && x + width > right_) {
            x = left_;
            y += legend_line;
        }
        legend_.push_back({i, x, y});
        x += width + 2.5 * gap;
    }
}

double PlotFrame::column(double value) const {
    return left_ + (value - x_.low) / (x_.high - x_.low) * (right_ - left_);
}

double PlotFrame::row(double value) const {
    return bottom_ - (value - y_.low) / (y_.high - y_.low) * (bottom_ - top_);
}

void PlotFrame::draw(Canvas &canvas) const {
    draw_ticks(canvas);
    draw_texts(canvas);
    draw_legend(canvas);
    if (plot_.diagonal) {
        canvas.line(place(x_.low, x_.low), place(x_.high, x_.high), axis);
    }
}

void PlotFrame::draw_ticks(Canvas &canvas) const {
    for (const auto &[value, text] : y_.ticks()) {
        canvas.line({left_, row(value)}, {right_, row(value)}, grid);
        canvas.write(left_ - gap, row(value) + middle_to_foot * letters, text,
                     {letters, text_color, Align::right});
    }
    for (const auto &[value, text] : x_.ticks()) {
        canvas.line({column(value), bottom_}, {column(value), bottom_ + 4}, axis);
        canvas.write(column(value), bottom_ + 17, text, {letters, text_color, Align::center});
    }
    canvas.line({left_, bottom_}, {right_, bottom_}, axis);
    canvas.line({left_, bottom_}, {left_, top_}, axis);
}

void PlotFrame::draw_texts(Canvas &canvas) const {
    const double middle = (left_ + right_) / 2, room = panel_width - margin,
                 title = size_of_title(plot_.title, room);
    canvas.write(edge_ + panel_width / 2, 24, plot_.title, {title, text_color, Align::center, true}, room);
    canvas.write(middle, panel_height - 12, plot_.x_label, {letters, text_color, Align::center},
                 right_ - left_);
    canvas.write_upright(edge_ + margin + 2, (top_ + bottom_) / 2, plot_.y_label,
                         {letters, text_color, Align::center}, bottom_ - top_);
}

void PlotFrame::draw_legend(Canvas &canvas) const {
    if (has_cells(plot_)) {
        draw_color_ramp(canvas, left_ + 24, legend_top + 6, 120);
        canvas.write(left_, legend_top + 14, "\u22121", {letters});
        canvas.write(left_ + 150, legend_top + 14, "1", {letters});
    }
    for (const LegendEntry &entry : legend_) {
        canvas.rectangle(entry.x, entry.y - 8, swatch, 7, series_colors[entry.marks % series_colors.size()]);
        canvas.write(entry.x + swatch + gap, entry.y, plot_.marks[entry.marks].name, {letters},
                     right_ - entry.x - swatch - gap);
    }
}

}  // namespace fsd
