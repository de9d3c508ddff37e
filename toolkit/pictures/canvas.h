// A drawing surface with smooth edges: everything is drawn several times larger and averaged at the end.
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace fsd {

struct Color {
    int red, green, blue;
};

// The colors that all pictures share.
constexpr Color paper{255, 255, 255}, text_color{33, 37, 41}, faint_text{120, 126, 133}, track{234, 237, 240},
    accent{43, 108, 176}, right_color{47, 133, 90}, wrong_color{197, 48, 48};

// The color at `share` (0..1) of the way from one to another.
Color mixed(const Color &from, const Color &to, double share);

enum class Align { left, center, right };

class Canvas {
public:
    Canvas(int width, int height);

    int width() const { return width_; }
    int height() const { return height_; }

    void rectangle(double x, double y, double width, double height, const Color &color);
    void frame(double x, double y, double width, double height, const Color &color);

    // One line of ASCII text (other characters become '?'); `size` is the height of a capital, `y` its foot.
    void write(double x, double y, const std::string &line, double size, const Color &color,
               Align align = Align::left, bool bold = false);
    static double width_of(const std::string &line, double size);

    // The line, or its beginning with "..." where it is wider than `width`.
    static std::string fitted(const std::string &line, double size, double width);

    // An 8-bit image (gray, or OpenCV's blue, green, red) as blocks of equal size, without smoothing.
    void image(double x, double y, double width, double height, const cv::Mat &pixels);

    cv::Mat finished() const;  // 8 bits: blue, green, red

private:
    int width_, height_;
    cv::Mat large_;
};

// Writes the picture as PNG; no partial file is ever seen. Throws Error(bad_input).
void write_png(const std::string &path, const cv::Mat &picture);

}  // namespace fsd
