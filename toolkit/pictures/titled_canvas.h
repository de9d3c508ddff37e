// A canvas with a title and margins, as pictures of tables and cards have it.
#pragma once

#include "toolkit/pictures/canvas.h"

namespace fsd {

// Where the content begins, from the left and from the top.
constexpr double page_margin = 24, below_title = 68;

// As wide as the content, or the title where that is wider.
Canvas titled_canvas(const std::string &title, double content_width, double content_height);

struct CardGrid {
    std::size_t columns, rows;
    double card_width, card_height;

    // Cards in rows of three at most.
    CardGrid(std::size_t cards, double width, double height);

    double width() const;
    double height() const;
    Point corner(std::size_t card) const;  // on a titled canvas
};

}  // namespace fsd
