// Lays the cards out in columns.
#include "toolkit/pictures/explanation_picture.h"

#include "toolkit/pictures/color_map.h"
#include "toolkit/pictures/fitted_image.h"
#include "toolkit/pictures/titled_canvas.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr double padding = 12, side = 168, head = 46;
constexpr double card_width = 2 * side + 3 * padding, card_height = side + 2 * padding + head + 32;

void draw_card(Canvas &canvas, const Point &corner, const ExplanationCard &card) {
    double range = 0;
    for (const double nats : card.nats) {
        range = std::max(range, std::fabs(nats));
    }
    const auto nats_at = [&](int y, int x) {
        return card.nats[static_cast<std::size_t>(y) * card.image.cols + x];
    };
    const double room = card_width - 2 * padding, left = corner.x + padding, right = left + side + padding,
                 top = corner.y + padding + head;
    canvas.frame(corner.x, corner.y, card_width, card_height, track);
    canvas.write(left, corner.y + padding + 10, card.caption, {11, faint_text}, room);
    canvas.write(left, corner.y + padding + 32, card.statement, {13}, room);
    draw_fitted(canvas, left, top, side, card.image);
    draw_fitted(canvas, right, top, side, diverging(card.image.size(), nats_at, range));
    canvas.frame(left, top, side, side, track);
    canvas.frame(right, top, side, side, track);
    draw_color_scale(canvas, right + 12, top + side + 12, side - 64, range, "nats");
}

}  // namespace

Canvas explanation_picture(const std::string &title, const std::vector<ExplanationCard> &cards) {
    const CardGrid grid(cards.size(), card_width, card_height);
    Canvas canvas = titled_canvas(title, grid.width(), grid.height());
    for (std::size_t i = 0; i < cards.size(); i++) {
        draw_card(canvas, grid.corner(i), cards[i]);
    }
    return canvas;
}

}  // namespace fsd
