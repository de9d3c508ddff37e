// Lays the cards out in columns.
#include "toolkit/pictures/posterior_panel.h"

#include "runtime/formats/decimal.h"
#include "toolkit/pictures/canvas.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double margin = 24, title_height = 44, gap = 16;
constexpr double card_width = 360, padding = 12, image_side = 112, bar_height = 15, bar_step = 21,
                 seen_side = 42;

struct Layout {
    int columns, rows;
    double card_height;
    int width, height;
};

Layout layout_of(std::size_t cards, int bars) {
    Layout layout{};
    layout.columns = static_cast<int>(std::clamp<std::size_t>(cards, 1, 3));
    layout.rows = static_cast<int>((cards + layout.columns - 1) / layout.columns);
    layout.card_height = 2 * padding + std::max(image_side + 40, bars * bar_step + seen_side + 4);
    layout.width = static_cast<int>(2 * margin + layout.columns * card_width + (layout.columns - 1) * gap);
    layout.height = static_cast<int>(2 * margin + title_height + layout.rows * layout.card_height +
                                     (layout.rows - 1) * gap);
    return layout;
}

// Never "100.0 %" for less than certainty, nor "0.0 %" for more than nothing.
std::string percent(double share) {
    if (share < 1 && share >= 0.9995) {
        return "> 99.9 %";
    }
    if (share > 0 && share < 0.0005) {
        return "< 0.1 %";
    }
    return fixed_decimal(100 * share, 1) + " %";
}

Color color_of(const PosteriorCard &card, std::size_t rank) {
    const std::string &name = card.posterior[rank].first;
    if (card.label.empty()) {
        return rank == 0 ? accent : mixed(accent, paper, 0.5);
    }
    return name == card.label ? right_color : rank == 0 ? wrong_color : mixed(accent, paper, 0.5);
}

bool differ(const cv::Mat &a, const cv::Mat &b) {
    return a.size() != b.size() || a.type() != b.type() || cv::norm(a, b, cv::NORM_INF) > 0;
}

// Centered in a square, aspect kept.
void fit_image(Canvas &canvas, double x, double y, double side, const cv::Mat &image) {
    const double larger = std::max(image.cols, image.rows);
    const double width = side * image.cols / larger, height = side * image.rows / larger;
    canvas.image(x + (side - width) / 2, y + (side - height) / 2, width, height, image);
}

void draw_image(Canvas &canvas, double x, double y, const PosteriorCard &card) {
    fit_image(canvas, x, y, image_side, card.image);
    canvas.frame(x, y, image_side, image_side, track);
    canvas.write(x, y + image_side + 18, Canvas::fitted(card.caption, 8, image_side), 8, text_color);
    canvas.write(x, y + image_side + 35, "H = " + fixed_decimal(card.entropy, 3) + " bit", 8, faint_text);
}

void draw_bars(Canvas &canvas, double x, double y, double width, const PosteriorCard &card, int bars) {
    double label_width = 12;
    const std::size_t count = std::min<std::size_t>(bars, card.posterior.size());
    for (std::size_t rank = 0; rank < count; rank++) {
        label_width =
            std::max(label_width, std::min(80.0, Canvas::width_of(card.posterior[rank].first, 10) + 4));
    }
    const double track_x = x + label_width + 4, track_width = width - label_width - 4 - 64;
    for (std::size_t rank = 0; rank < count; rank++, y += bar_step) {
        const auto &[name, probability] = card.posterior[rank];
        const bool best = rank == 0;
        canvas.write(x, y + 13, Canvas::fitted(name, 10, label_width), 10, text_color, Align::left, best);
        canvas.rectangle(track_x, y, track_width, bar_height, track);
        canvas.rectangle(track_x, y, track_width * std::clamp(probability, 0.0, 1.0), bar_height,
                         color_of(card, rank));
        canvas.write(x + width, y + 12, percent(probability), 8, best ? text_color : faint_text,
                     Align::right);
    }
    if (!card.label.empty()) {
        const bool right = card.posterior.front().first == card.label;
        canvas.write(x, y + 13, Canvas::fitted("true class: " + card.label, 8, width), 8,
                     right ? right_color : wrong_color);
    }
}

// What the network saw of the image, in the lower right corner of the card.
void draw_seen(Canvas &canvas, double right, double bottom, const PosteriorCard &card) {
    if (differ(card.seen, card.image)) {
        fit_image(canvas, right - seen_side, bottom - seen_side, seen_side, card.seen);
        canvas.frame(right - seen_side, bottom - seen_side, seen_side, seen_side, track);
        canvas.write(right - seen_side - 8, bottom - 4, "seen as", 8, faint_text, Align::right);
    }
}

void draw_card(Canvas &canvas, double x, double y, double height, const PosteriorCard &card, int bars) {
    canvas.frame(x, y, card_width, height, track);
    draw_image(canvas, x + padding, y + padding, card);
    const double bars_x = x + 2 * padding + image_side + 4;
    draw_bars(canvas, bars_x, y + padding, x + card_width - padding - bars_x, card, bars);
    draw_seen(canvas, x + card_width - padding, y + height - padding, card);
}

}  // namespace

cv::Mat posterior_panel(const std::string &title, const std::vector<PosteriorCard> &cards, int bars) {
    const Layout layout = layout_of(cards.size(), bars);
    Canvas canvas(layout.width, layout.height);
    canvas.write(margin, margin + 16, Canvas::fitted(title, 13, layout.width - 2 * margin), 13, text_color,
                 Align::left, true);
    for (std::size_t i = 0; i < cards.size(); i++) {
        const auto place = static_cast<int>(i);
        const int column = place % layout.columns, row = place / layout.columns;
        const double x = margin + column * (card_width + gap);
        const double y = margin + title_height + row * (layout.card_height + gap);
        draw_card(canvas, x, y, layout.card_height, cards[i], bars);
    }
    return canvas.finished();
}

}  // namespace fsd
