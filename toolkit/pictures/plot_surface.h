// What plots are drawn on: SVG text or pixels.
#pragma once

#include "toolkit/pictures/canvas.h"
#include "toolkit/pictures/svg.h"

#include <string>
#include <vector>

namespace fsd {

// Pixels from the top left corner.
class PlotSurface {
public:
    PlotSurface() = default;
    virtual ~PlotSurface() = default;
    PlotSurface(const PlotSurface &) = delete;
    PlotSurface &operator=(const PlotSurface &) = delete;

    virtual void line(double x1, double y1, double x2, double y2, const Color &color, double width) = 0;
    virtual void polyline(const std::vector<Svg::Point> &points, const Color &color) = 0;
    virtual void dot(double x, double y, const Color &color) = 0;
    virtual void rectangle(double x, double y, double width, double height, const Color &color) = 0;
    virtual void label(double x, double y, const std::string &text, Align align, bool title) = 0;
    virtual void upright_label(double x, double y, const std::string &text) = 0;  // centered
};

struct Plot;

// Draws the plots side by side, each panel_width x panel_height.
constexpr int panel_width = 480, panel_height = 380;
void draw_plots(PlotSurface &surface, const std::vector<Plot> &plots);

}  // namespace fsd
