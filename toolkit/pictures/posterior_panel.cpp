// Lays out cards: the caption above, the image at the left, bars at the right.
#include "toolkit/pictures/posterior_panel.h"

#include "runtime/formats/decimal.h"
#include "toolkit/pictures/fitted_image.h"
#include "toolkit/pictures/text_size.h"
#include "toolkit/pictures/titled_canvas.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr double padding = 12, caption_height = 22, image_side = 112, bar_height = 15, bar_step = 21,
                 seen_side = 42, bar_width = 110, least_names = 60, widest_names = 240;
constexpr double letters = 13, small_letters = 11;

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

class Cards {
public:
    Cards(const std::vector<PosteriorCard> &cards, int bars) : bars_(static_cast<std::size_t>(bars)) {
        for (const PosteriorCard &card : cards) {
            any_seen_ = any_seen_ || differ(card.seen, card.image);
            for (std::size_t rank = 0; rank < shown(card); rank++) {
                names_ = std::max(names_, text_width(card.posterior[rank].first, letters, rank == 0));
            }
        }
        names_ = std::min(std::ceil(names_), widest_names);
        percents_ = std::ceil(text_width("> 99.9 %", small_letters));
    }

    double width() const { return 3 * padding + image_side + bars_width(); }
    double height() const {
        const double right = static_cast<double>(bars_) * bar_step + (any_seen_ ? padding + seen_side : 0);
        return 2 * padding + caption_height + std::max(image_side + 24, right);
    }

    void draw(Canvas &canvas, const Point &corner, const PosteriorCard &card) const {
        canvas.frame(corner.x, corner.y, width(), height(), track);
        const double x = corner.x + padding, y = corner.y + padding + caption_height;
        canvas.write(x, corner.y + padding + 10, card.caption, {small_letters}, width() - 2 * padding);
        draw_fitted(canvas, x, y, image_side, card.image);
        canvas.frame(x, y, image_side, image_side, track);
        canvas.write(x, y + image_side + 18, "H = " + fixed_decimal(card.entropy, 3) + " bit",
                     {small_letters, faint_text});
        draw_bars(canvas, x + image_side + padding, y, card);
        draw_seen(canvas, corner.x + width() - padding, corner.y + height() - padding, card);
    }

private:
    std::size_t shown(const PosteriorCard &card) const { return std::min(bars_, card.posterior.size()); }
    double bars_width() const { return names_ + 8 + bar_width + 8 + percents_; }

    void draw_bars(Canvas &canvas, double x, double y, const PosteriorCard &card) const {
        const double bar = x + names_ + 8;
        for (std::size_t rank = 0; rank < shown(card); rank++, y += bar_step) {
            const auto &[name, probability] = card.posterior[rank];
            const bool best = rank == 0;
            canvas.write(x, y + 12, name, {letters, text_color, Align::left, best}, names_);
            canvas.rectangle(bar, y, bar_width, bar_height, track);
            canvas.rectangle(bar, y, bar_width * std::clamp(probability, 0.0, 1.0), bar_height,
                             color_of(card, rank));
            canvas.write(x + bars_width(), y + 12, percent(probability),
                         {small_letters, best ? text_color : faint_text, Align::right});
        }
        if (!card.label.empty()) {
            const bool right = card.posterior.front().first == card.label;
            canvas.write(x, y + 14, "true class: " + card.label,
                         {small_letters, right ? right_color : wrong_color}, bars_width());
        }
    }

    // What the network saw of the image, in the lower right corner of the card.
    void draw_seen(Canvas &canvas, double right, double bottom, const PosteriorCard &card) const {
        if (differ(card.seen, card.image)) {
            draw_fitted(canvas, right - seen_side, bottom - seen_side, seen_side, card.seen);
            canvas.frame(right - seen_side, bottom - seen_side, seen_side, seen_side, track);
            canvas.write(right - seen_side - 8, bottom - 4, "seen as",
                         {small_letters, faint_text, Align::right});
        }
    }

    std::size_t bars_;
    double names_ = least_names, percents_ = 0;  // widths of columns
    bool any_seen_ = false;                      // beside its image
};

}  // namespace

Canvas posterior_panel(const std::string &title, const std::vector<PosteriorCard> &cards, int bars) {
    const Cards layout(cards, bars);
    const CardGrid grid(cards.size(), layout.width(), layout.height());
    Canvas canvas = titled_canvas(title, grid.width(), grid.height());
    for (std::size_t i = 0; i < cards.size(); i++) {
        layout.draw(canvas, grid.corner(i), cards[i]);
    }
    return canvas;
}

}  // namespace fsd
