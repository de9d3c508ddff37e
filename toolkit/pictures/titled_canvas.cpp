// Sizes and places.
#include "toolkit/pictures/titled_canvas.h"

#include "toolkit/pictures/text_size.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr double gap = 16, widest_title = 1200;
constexpr std::size_t most_columns = 3;
constexpr TextStyle style{18, text_color, Align::left, true};

}  // namespace

Canvas titled_canvas(const std::string &title, double content_width, double content_height) {
    const double title_width = std::min(text_width(title, style.size, style.bold), widest_title);
    const double width = std::max(content_width, std::ceil(title_width));
    Canvas canvas(width + 2 * page_margin, below_title + content_height + page_margin);
    canvas.write(page_margin, page_margin + 16, title, style, width);
    return canvas;
}

CardGrid::CardGrid(std::size_t cards, double width, double height)
    : columns(std::clamp<std::size_t>(cards, 1, most_columns)),
      rows((cards + columns - 1) / columns),
      card_width(width),
      card_height(height) {}

double CardGrid::width() const {
    return static_cast<double>(columns) * (card_width + gap) - gap;
}

double CardGrid::height() const {
    return std::max(0., static_cast<double>(rows) * (card_height + gap) - gap);
}

Point CardGrid::corner(std::size_t card) const {
    return {page_margin + static_cast<double>(card % columns) * (card_width + gap),
            below_title + static_cast<double>(card / columns) * (card_height + gap)};
}

}  // namespace fsd
