// Keeps what is drawn as steps, which Cairo takes for pixels and for SVG. (Its own recordings are not used:
// of each that has text, 1.16 keeps the memory when it has become SVG.)
#include "toolkit/pictures/canvas.h"

#include "toolkit/pictures/text_line.h"
#include "toolkit/pictures/text_size.h"

#include <cairo.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fsd {
namespace {

constexpr double whole_level = 255, quarter_turn = -M_PI / 2;

void set_color(cairo_t *context, const Color &color) {
    cairo_set_source_rgb(context, color.red / whole_level, color.green / whole_level,
                         color.blue / whole_level);
}

// Letters keep their shapes and distances whatever the machine's settings for its screen are.
void draw_letters_as_they_are(cairo_t *context) {
    const std::unique_ptr<cairo_font_options_t, void (*)(cairo_font_options_t *)> options(
        cairo_font_options_create(), cairo_font_options_destroy);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(context, options.get());
}

// As Cairo's pixels: 32 bits with blue in the lowest.
void draw_image(cairo_t *context, const cv::Point &corner, const cv::Mat &pixels) {
    cv::Mat four;
    cv::cvtColor(pixels, four, pixels.channels() == 1 ? cv::COLOR_GRAY2BGRA : cv::COLOR_BGR2BGRA);
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t *)> surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, four.cols, four.rows), cairo_surface_destroy);
    if (unsigned char *to = cairo_image_surface_get_data(surface.get())) {
        four.copyTo(cv::Mat(four.rows, four.cols, CV_8UC4, to,
                            static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()))));
        cairo_surface_mark_dirty(surface.get());
    }
    cairo_set_source_surface(context, surface.get(), corner.x, corner.y);
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST);
    cairo_rectangle(context, corner.x, corner.y, four.cols, four.rows);
    cairo_fill(context);
}

}  // namespace

Canvas::Canvas(double width, double height)
    : width_(static_cast<int>(std::ceil(width))), height_(static_cast<int>(std::ceil(height))) {
    rectangle(0, 0, width_, height_, paper);
}

void Canvas::draw(cairo_t *context) const {
    draw_letters_as_they_are(context);
    for (const auto &step : steps_) {
        step(context);
    }
}

void Canvas::rectangle(double x, double y, double width, double height, const Color &color) {
    steps_.emplace_back([=](cairo_t *context) {
        set_color(context, color);
        cairo_rectangle(context, x, y, width, height);
        cairo_fill(context);
    });
}

// A line of one pixel fills its pixels where its middle is theirs.
void Canvas::frame(double x, double y, double width, double height, const Color &color) {
    const double left = std::floor(x) + 0.5, top = std::floor(y) + 0.5, right = std::floor(x + width) + 0.5,
                 bottom = std::floor(y + height) + 0.5;
    steps_.emplace_back([=](cairo_t *context) {
        set_color(context, color);
        cairo_set_line_width(context, 1);
        cairo_rectangle(context, left, top, right - left, bottom - top);
        cairo_stroke(context);
    });
}

void Canvas::line(const Point &from, const Point &to, const Color &color, double width) {
    stroke({from, to}, color, width);
}

void Canvas::polyline(const std::vector<Point> &points, const Color &color) {
    points.size() < 2 ? dots(points, color, 6) : stroke(points, color, 2);
}

void Canvas::stroke(const std::vector<Point> &points, const Color &color, double width) {
    steps_.emplace_back([=](cairo_t *context) {
        set_color(context, color);
        cairo_set_line_width(context, width);
        cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT);
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND);
        for (const Point &point : points) {
            cairo_line_to(context, point.x, point.y);
        }
        cairo_stroke(context);
    });
}

// Lines without length whose ends are round: a dot takes 20 bytes of SVG.
void Canvas::dots(const std::vector<Point> &points, const Color &color, double diameter) {
    steps_.emplace_back([=](cairo_t *context) {
        set_color(context, color);
        cairo_set_line_width(context, diameter);
        cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND);
        for (const Point &point : points) {
            cairo_move_to(context, point.x, point.y);
            cairo_line_to(context, point.x, point.y);
        }
        cairo_stroke(context);
    });
}

void Canvas::image(double x, double y, double width, double height, const cv::Mat &pixels) {
    // A photo of one line of pixels is drawn as a line.
    const cv::Point corner(static_cast<int>(std::lround(x)), static_cast<int>(std::lround(y)));
    const cv::Size size(std::max(1, static_cast<int>(std::lround(x + width)) - corner.x),
                        std::max(1, static_cast<int>(std::lround(y + height)) - corner.y));
    cv::Mat blocks;
    const bool shrinks = pixels.cols > size.width || pixels.rows > size.height;
    cv::resize(pixels, blocks, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_NEAREST);
    steps_.emplace_back([=](cairo_t *context) { draw_image(context, corner, blocks); });
}

void Canvas::write(double x, double y, const std::string &line, const TextStyle &style, double room) {
    write_turned(x, y, line, style, room, 0);
}

void Canvas::write_upright(double x, double y, const std::string &line, const TextStyle &style, double room) {
    write_turned(x, y, line, style, room, quarter_turn);
}

void Canvas::write_turned(double x, double y, const std::string &line, const TextStyle &style, double room,
                          double turn) {
    const TextLine text(fitted_text(line, style.size, style.bold, room), style.size, style.bold);
    const double left = style.align == Align::left     ? 0
                        : style.align == Align::center ? -text.width() / 2
                                                       : -text.width();
    steps_.emplace_back([=, color = style.color](cairo_t *context) {
        set_color(context, color);
        cairo_save(context);
        cairo_translate(context, x, y);
        cairo_rotate(context, turn);
        text.draw(context, left, 0);
        cairo_restore(context);
    });
    texts_.push_back(text.text());
    if (!text.is_complete() && without_font_.empty()) {
        without_font_ = line;
    }
}

}  // namespace fsd
