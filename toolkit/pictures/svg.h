// Writes the few elements of SVG that the pictures need.
#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace fsd {

class Svg {
public:
    Svg(double width, double height);

    enum class Anchor { start, middle, end };
    struct Point {
        double x, y;
    };

    // Pixels from the top left corner; colors as CSS writes them; texts are escaped.
    void line(double x1, double y1, double x2, double y2, const std::string &color, double width = 1);
    void polyline(const std::vector<Point> &points,
                  const std::string &color);  // a single point becomes a dot
    void rectangle(double x, double y, double width, double height, const std::string &color);
    void label(double x, double y, const std::string &text, Anchor anchor);
    void title(double x, double y, const std::string &text);          // larger, centered
    void upright_label(double x, double y, const std::string &text);  // read from bottom to top, centered

    // The whole document.
    std::string text() const;

private:
    std::ostringstream out_;
};

}  // namespace fsd
