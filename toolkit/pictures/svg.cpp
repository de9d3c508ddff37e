// Elements as text, coordinates with two decimals.
#include "toolkit/pictures/svg.h"

#include "toolkit/system/markup_text.h"

#include <iomanip>
#include <locale>

namespace fsd {
namespace {

const char *name_of(Svg::Anchor anchor) {
    return anchor == Svg::Anchor::start ? "start" : anchor == Svg::Anchor::middle ? "middle" : "end";
}

}  // namespace

Svg::Svg(double width, double height) {
    out_.imbue(std::locale::classic());
    out_ << std::fixed << std::setprecision(2);
    out_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height
         << "\" viewBox=\"0 0 " << width << ' ' << height
         << "\" font-family=\"sans-serif\" font-size=\"12\">\n";
    rectangle(0, 0, width, height, "#ffffff");
}

void Svg::line(double x1, double y1, double x2, double y2, const std::string &color, double width) {
    out_ << "<line x1=\"" << x1 << "\" y1=\"" << y1 << "\" x2=\"" << x2 << "\" y2=\"" << y2 << "\" stroke=\""
         << markup_text(color) << "\" stroke-width=\"" << width << "\"/>\n";
}

void Svg::polyline(const std::vector<Point> &points, const std::string &color) {
    if (points.size() == 1) {
        out_ << "<circle cx=\"" << points[0].x << "\" cy=\"" << points[0].y << "\" r=\"3\" fill=\""
             << markup_text(color) << "\"/>\n";
        return;
    }
    out_ << "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" << markup_text(color) << "\" points=\"";
    for (std::size_t i = 0; i < points.size(); i++) {
        out_ << (i ? " " : "") << points[i].x << ',' << points[i].y;
    }
    out_ << "\"/>\n";
}

void Svg::rectangle(double x, double y, double width, double height, const std::string &color) {
    out_ << "<rect x=\"" << x << "\" y=\"" << y << "\" width=\"" << width << "\" height=\"" << height
         << "\" fill=\"" << markup_text(color) << "\"/>\n";
}

void Svg::label(double x, double y, const std::string &text, Anchor anchor) {
    out_ << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"" << name_of(anchor) << "\">"
         << markup_text(text) << "</text>\n";
}

void Svg::title(double x, double y, const std::string &text) {
    out_ << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"middle\" font-size=\"15\">"
         << markup_text(text) << "</text>\n";
}

void Svg::upright_label(double x, double y, const std::string &text) {
    out_ << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"middle\" transform=\"rotate(-90 " << x
         << ' ' << y << ")\">" << markup_text(text) << "</text>\n";
}

std::string Svg::text() const {
    return out_.str() + "</svg>\n";
}

}  // namespace fsd
