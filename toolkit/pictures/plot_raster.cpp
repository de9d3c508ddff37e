// Plots on SVG text and on pixels, four times as large and averaged.
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/pictures/plot.h"
#include "toolkit/pictures/plot_surface.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <iomanip>

namespace fsd {
namespace {

std::string css(const Color &color) {
    std::ostringstream out;
    out << '#' << std::hex << std::setfill('0');
    for (const int part : {color.red, color.green, color.blue}) {
        out << std::setw(2) << part;
    }
    return out.str();
}

class SvgSurface : public PlotSurface {
public:
    explicit SvgSurface(int plots) : svg_(panel_width * plots, panel_height) {}

    void line(double x1, double y1, double x2, double y2, const Color &color, double width) override {
        svg_.line(x1, y1, x2, y2, css(color), width);
    }
    void polyline(const std::vector<Svg::Point> &points, const Color &color) override {
        svg_.polyline(points, css(color));
    }
    void dot(double x, double y, const Color &color) override {
        svg_.rectangle(x - 1.5, y - 1.5, 3, 3, css(color));
    }
    void rectangle(double x, double y, double width, double height, const Color &color) override {
        svg_.rectangle(x, y, width, height, css(color));
    }
    void label(double x, double y, const std::string &text, Align align, bool title) override {
        if (title) {
            svg_.title(x, y, text);
        } else {
            svg_.label(x, y, text,
                       align == Align::left    ? Svg::Anchor::start
                       : align == Align::right ? Svg::Anchor::end
                                               : Svg::Anchor::middle);
        }
    }
    void upright_label(double x, double y, const std::string &text) override {
        svg_.upright_label(x, y, text);
    }

    std::string text() const { return svg_.text(); }

private:
    Svg svg_;
};

constexpr int oversampling = 4;
constexpr double capital = 8, title_capital = 10;  // heights of capitals in pixels

cv::Point large(double x, double y) {
    return {static_cast<int>(std::lround(x * oversampling)), static_cast<int>(std::lround(y * oversampling))};
}

cv::Scalar scalar_of(const Color &color) {
    return cv::Scalar(color.blue, color.green, color.red);
}

class RasterSurface : public PlotSurface {
public:
    explicit RasterSurface(int plots)
        : large_(panel_height * oversampling, panel_width * plots * oversampling, CV_8UC3, scalar_of(paper)) {
    }

    void line(double x1, double y1, double x2, double y2, const Color &color, double width) override {
        cv::line(large_, large(x1, y1), large(x2, y2), scalar_of(color),
                 static_cast<int>(width * oversampling));
    }
    void polyline(const std::vector<Svg::Point> &points, const Color &color) override {
        for (std::size_t i = 1; i < points.size(); i++) {
            line(points[i - 1].x, points[i - 1].y, points[i].x, points[i].y, color, 2);
        }
        if (points.size() == 1) {
            dot(points[0].x, points[0].y, color);
        }
    }
    void dot(double x, double y, const Color &color) override {
        cv::circle(large_, large(x, y), 2 * oversampling, scalar_of(color), cv::FILLED, cv::LINE_AA);
    }
    void rectangle(double x, double y, double width, double height, const Color &color) override {
        cv::rectangle(large_, large(x, y), large(x + width, y + height), scalar_of(color), cv::FILLED);
    }
    void label(double x, double y, const std::string &text, Align align, bool title) override {
        const cv::Mat written = writing(text, title ? title_capital : capital, title);
        const double width = written.cols / double(oversampling),
                     height = written.rows / double(oversampling);
        const double start = align == Align::left ? x : align == Align::right ? x - width : x - width / 2;
        blend(written, start, y - 0.75 * height);
    }
    void upright_label(double x, double y, const std::string &text) override {
        cv::Mat turned;
        cv::rotate(writing(text, capital, false), turned, cv::ROTATE_90_COUNTERCLOCKWISE);
        blend(turned, x - 0.75 * turned.cols / double(oversampling), y - turned.rows / 2.0 / oversampling);
    }

    cv::Mat finished() const {
        cv::Mat result;
        cv::resize(large_, result, large_.size() / oversampling, 0, 0, cv::INTER_AREA);
        return result;
    }

private:
    // Dark text on paper, drawn as large as the surface is; its foot is at three quarters of its height.
    static cv::Mat writing(const std::string &text, double size, bool bold) {
        const int width =
            std::max(1, static_cast<int>(std::ceil(Canvas::width_of(text, size * oversampling))) + 8);
        const int height = static_cast<int>(std::lround(2 * size * oversampling));
        cv::Mat written(height, width, CV_8UC3, scalar_of(paper));
        std::string shown;
        for (const char c : text) {
            shown += c >= 32 ? c : '?';
        }
        cv::putText(written, shown, {0, height * 3 / 4}, cv::FONT_HERSHEY_SIMPLEX, size * oversampling / 21.0,
                    scalar_of(text_color), bold ? 6 : 4, cv::LINE_AA);
        return written;
    }

    void blend(const cv::Mat &written, double x, double y) {
        const cv::Point corner = large(x, y);
        const cv::Rect place(corner, written.size());
        const cv::Rect visible = place & cv::Rect(0, 0, large_.cols, large_.rows);
        if (visible.area() > 0) {
            cv::Mat target = large_(visible);
            cv::min(target, written(visible - corner), target);
        }
    }

    cv::Mat large_;
};

bool ends_with(const std::string &text, const std::string &end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

std::string plots_svg(const std::vector<Plot> &plots) {
    SvgSurface surface(static_cast<int>(plots.size()));
    draw_plots(surface, plots);
    return surface.text();
}

cv::Mat plots_picture(const std::vector<Plot> &plots) {
    RasterSurface surface(static_cast<int>(plots.size()));
    draw_plots(surface, plots);
    return surface.finished();
}

void check_plots_path(const std::string &path) {
    if (!ends_with(path, ".svg") && !ends_with(path, ".png")) {
        throw Error(ExitCode::usage, text("A picture's name ends with .png or .svg; found '", path, "'."));
    }
    check_writable(path);
}

void write_plots(const std::string &path, const std::vector<Plot> &plots) {
    if (ends_with(path, ".svg")) {
        write_file(path, plots_svg(plots));
        return;
    }
    check_plots_path(path);
    write_png(path, plots_picture(plots));
}

}  // namespace fsd
