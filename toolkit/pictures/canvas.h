// What pictures are drawn on: shapes, images and text, kept as what was drawn
// (toolkit/pictures/picture_file.h writes it). Pixels from the top left corner.
#pragma once

#include "toolkit/pictures/color.h"

#include <opencv2/core.hpp>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

using cairo_t = struct _cairo;  // as cairo.h has it

namespace fsd {

enum class Align { left, center, right };

struct TextStyle {
    double size = 12;  // pixels to an em; a capital has 0.73 of it
    Color color = text_color;
    Align align = Align::left;
    bool bold = false;
};

// From the middle of a line's capitals to their foot, in ems.
constexpr double middle_to_foot = 0.36;

struct Point {
    double x, y;
};

class Canvas {
public:
    Canvas(double width, double height);

    int width() const { return width_; }
    int height() const { return height_; }

    void rectangle(double x, double y, double width, double height, const Color &color);
    void frame(double x, double y, double width, double height, const Color &color);
    void line(const Point &from, const Point &to, const Color &color, double width = 1);
    void polyline(const std::vector<Point> &points, const Color &color);  // a single point becomes a dot
    void dots(const std::vector<Point> &points, const Color &color, double diameter = 4);

    // An 8-bit image (gray, or OpenCV's blue, green, red) as blocks of equal size, without smoothing.
    void image(double x, double y, double width, double height, const cv::Mat &pixels);

    // A line of text in any script with its foot at y. Where it is wider than `room`, its middle is left out.
    void write(double x, double y, const std::string &line, const TextStyle &style, double room = HUGE_VAL);

    // The same, read from bottom to top, with its foot at x.
    void write_upright(double x, double y, const std::string &line, const TextStyle &style,
                       double room = HUGE_VAL);

    // As they were written.
    const std::vector<std::string> &texts() const { return texts_; }

    // The first text with a character that no font of this machine has, which is shown as a box; empty: none.
    const std::string &text_without_font() const { return without_font_; }

    // Draws all of it by Cairo.
    void draw(cairo_t *context) const;

private:
    void stroke(const std::vector<Point> &points, const Color &color, double width);
    void write_turned(double x, double y, const std::string &line, const TextStyle &style, double room,
                      double turn);

    int width_, height_;
    std::vector<std::function<void(cairo_t *)>> steps_;
    std::vector<std::string> texts_;
    std::string without_font_;
};

}  // namespace fsd
