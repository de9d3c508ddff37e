// Lays the cards out in columns.
#include "toolkit/pictures/explanation_picture.h"

#include "toolkit/pictures/canvas.h"
#include "toolkit/pictures/color_map.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double margin = 24, title_height = 44, gap = 16, padding = 12, side = 168, foot = 74;
constexpr double card_width = 2 * side + 3 * padding, card_height = side + 2 * padding + foot;

// OpenCV's order of colors, as Canvas::image() takes it.
cv::Mat colored(const ExplanationCard &card, double range) {
    cv::Mat picture(card.image.size(), CV_8UC3);
    for (int y = 0; y < picture.rows; y++) {
        for (int x = 0; x < picture.cols; x++) {
            const auto place = static_cast<std::size_t>(y) * picture.cols + x;
            const Color color = diverging(card.nats[place], range);
            picture.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(color.blue),
                                           static_cast<std::uint8_t>(color.green),
                                           static_cast<std::uint8_t>(color.red)};
        }
    }
    return picture;
}

void draw_card(Canvas &canvas, double x, double y, const ExplanationCard &card) {
    double range = 0;
    for (const double nats : card.nats) {
        range = std::max(range, std::fabs(nats));
    }
    const double larger = std::max(card.image.cols, card.image.rows);
    const double width = side * card.image.cols / larger, height = side * card.image.rows / larger;
    canvas.frame(x, y, card_width, card_height, track);
    canvas.image(x + padding, y + padding, width, height, card.image);
    const double right = x + 2 * padding + side;
    canvas.image(right, y + padding, width, height, colored(card, range));
    canvas.frame(right, y + padding, width, height, track);
    const double below = y + padding + side;
    canvas.write(x + padding, below + 22, Canvas::fitted(card.caption, 8, side), 8, faint_text);
    canvas.write(x + padding, below + 60, Canvas::fitted(card.statement, 10, card_width - 2 * padding), 10,
                 text_color);
    draw_color_scale(canvas, right + 12, below + 12, side - 64, range, "nats");
}

}  // namespace

cv::Mat explanation_picture(const std::string &title, const std::vector<ExplanationCard> &cards) {
    const auto count = static_cast<int>(cards.size()), columns = std::clamp(count, 1, 3),
               rows = (count + columns - 1) / columns;
    const double width = 2 * margin + columns * (card_width + gap) - gap,
                 height = 2 * margin + title_height + rows * (card_height + gap) - gap;
    Canvas canvas(static_cast<int>(width), static_cast<int>(height));
    canvas.write(margin, margin + 16, Canvas::fitted(title, 13, width - 2 * margin), 13, text_color,
                 Align::left, true);
    for (int i = 0; i < count; i++) {
        draw_card(canvas, margin + (i % columns) * (card_width + gap),
                  margin + title_height + (i / columns) * (card_height + gap),
                  cards[static_cast<std::size_t>(i)]);
    }
    return canvas.finished();
}

}  // namespace fsd
