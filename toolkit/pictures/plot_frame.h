// What a plot's marks are drawn into: its axes and where their values lie.
#pragma once

#include "toolkit/pictures/plot.h"

namespace fsd {

// The extents of a plot, with what stands around its axes.
constexpr double panel_width = 480, panel_height = 380;

class PlotFrame {
public:
    // `left` is the panel's edge on the canvas.
    PlotFrame(const Plot &plot, double left);

    // Grid, ticks, labels, title, and the legend in lines of its own above the axes.
    void draw(Canvas &canvas) const;

    // On the canvas.
    double column(double value) const;
    double row(double value) const;
    Point place(double x, double y) const { return {column(x), row(y)}; }

    const AxisRange &x() const { return x_; }

private:
    struct LegendEntry {
        std::size_t marks;
        double x, y;
    };

    void include(const Marks &marks);
    void place_legend();
    void draw_ticks(Canvas &canvas) const;
    void draw_texts(Canvas &canvas) const;
    void draw_legend(Canvas &canvas) const;

    const Plot &plot_;
    double edge_;
    AxisRange x_, y_;
    std::vector<LegendEntry> legend_;
    double left_, right_, top_, bottom_;  // of the axes
};

bool has_cells(const Plot &plot);
double bar_width(const Marks &bars, std::size_t bar);

}  // namespace fsd
