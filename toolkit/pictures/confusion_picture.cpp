// A table with colored cells; everything follows from the size of a cell.
#include "toolkit/pictures/confusion_picture.h"

#include "runtime/formats/decimal.h"
#include "toolkit/pictures/text_size.h"
#include "toolkit/pictures/titled_canvas.h"

#include <algorithm>
#include <numeric>

namespace fsd {
namespace {

constexpr double gap = 8, widest_name = 240, largest_letters = 13, least_letters = 10, least_number = 8;

double cell_size(std::size_t classes) {
    const auto count = static_cast<double>(classes);
    return classes <= 100 ? std::floor(std::clamp(720 / count, 14., 60.))
                          : std::max(1., std::floor(1400 / count));
}

// Mistakes are rare, so a single one is seen, and their color grows with the root of their share.
Color cell_color(bool right, double share) {
    return right ? mixed(paper, accent, 0.75 * share)
                 : mixed(paper, wrong_color, 0.08 + 0.82 * std::sqrt(share));
}

double widest(const std::vector<std::string> &texts, double size) {
    double width = 0;
    for (const std::string &text : texts) {
        width = std::max(width, text_width(text, size));
    }
    return width;
}

class ConfusionTable {
public:
    ConfusionTable(const std::vector<std::string> &classes, const std::vector<std::vector<int>> &confusion)
        : classes_(classes),
          confusion_(confusion),
          cell_(cell_size(classes.size())),
          side_(cell_ * static_cast<double>(classes.size())),
          letters_(std::clamp(std::floor(0.8 * cell_), least_letters, largest_letters)),
          named_(static_cast<std::size_t>(std::ceil((least_letters + 2) / cell_))),
          names_(std::min(widest(classes, letters_), widest_name)),
          upright_(widest(classes, letters_) > cell_ - 2) {
        const double header = letters_ + 2 * gap + (upright_ ? names_ : letters_);
        left_ = page_margin + letters_ + gap + names_ + gap;
        top_ = below_title + header;
        int largest = 0;
        for (const std::vector<int> &row : confusion) {
            largest = std::max(largest, *std::max_element(row.begin(), row.end()));
        }
        const double width = text_width(std::to_string(largest), letters_);
        numbers_ = std::clamp(letters_ * (cell_ - 4) / width, least_number, letters_);
    }

    double width() const {
        return left_ + side_ + gap +
               std::max(text_width("100.00 %", letters_), text_width("recall", letters_)) - page_margin;
    }
    double height() const { return top_ + side_ - below_title; }

    void draw(Canvas &canvas) const {
        for (std::size_t label = 0; label < classes_.size(); label++) {
            draw_row(canvas, label);
        }
        draw_grid(canvas);
        for (std::size_t label = 0; label < classes_.size(); label += named_) {
            name_row(canvas, label);
            name_column(canvas, label);
        }
        const double middle = side_ / 2;
        canvas.write(left_ + middle, below_title + letters_, "recognized as",
                     {letters_, faint_text, Align::center});
        canvas.write_upright(page_margin + letters_, top_ + middle, "true class",
                             {letters_, faint_text, Align::center});
        canvas.write(left_ + side_ + gap, top_ - gap, "recall", {letters_, faint_text});
    }

private:
    double place(std::size_t index) const { return cell_ * static_cast<double>(index); }
    double foot(std::size_t row, double size) const {
        return top_ + place(row) + cell_ / 2 + middle_to_foot * size;
    }

    int images_of(std::size_t label) const {
        return std::accumulate(confusion_[label].begin(), confusion_[label].end(), 0);
    }

    void draw_row(Canvas &canvas, std::size_t label) const {
        const int images = images_of(label);
        for (std::size_t found = 0; found < classes_.size(); found++) {
            const int number = confusion_[label][found];
            if (number == 0) {
                continue;
            }
            const double share = double(number) / images;
            canvas.rectangle(left_ + place(found), top_ + place(label), cell_, cell_,
                             cell_color(label == found, share));
            const std::string text = std::to_string(number);
            if (cell_ >= numbers_ + 2 && text_width(text, numbers_) <= cell_ - 2) {
                canvas.write(left_ + place(found) + cell_ / 2, foot(label, numbers_), text,
                             {numbers_, label == found && share > 0.5 ? paper : text_color, Align::center});
            }
        }
    }

    // Lines that would be as dense as the cells are left out.
    void draw_grid(Canvas &canvas) const {
        const std::size_t step = cell_ >= 6 ? 1 : classes_.size();
        for (std::size_t i = 0; i <= classes_.size(); i += step) {
            const double at = place(i);
            canvas.line({left_, top_ + at}, {left_ + side_, top_ + at}, track);
            canvas.line({left_ + at, top_}, {left_ + at, top_ + side_}, track);
        }
    }

    void name_row(Canvas &canvas, std::size_t label) const {
        canvas.write(left_ - gap, foot(label, letters_), classes_[label],
                     {letters_, text_color, Align::right}, names_);
        const int images = images_of(label);
        if (images > 0) {
            canvas.write(left_ + side_ + gap, foot(label, letters_),
                         fixed_decimal(100.0 * confusion_[label][label] / images, 2) + " %", {letters_});
        }
    }

    void name_column(Canvas &canvas, std::size_t found) const {
        const double middle = left_ + place(found) + cell_ / 2;
        if (upright_) {
            canvas.write_upright(middle + middle_to_foot * letters_, top_ - gap, classes_[found], {letters_},
                                 names_);
        } else {
            canvas.write(middle, top_ - gap, classes_[found], {letters_, text_color, Align::center});
        }
    }

    const std::vector<std::string> &classes_;
    const std::vector<std::vector<int>> &confusion_;
    double cell_, side_, letters_;
    std::size_t named_;  // every so many classes
    double names_;       // room for them
    bool upright_;       // those of the columns
    double left_, top_;  // of the cells
    double numbers_;     // their letters' size
};

}  // namespace

Canvas confusion_picture(const std::string &title, const std::vector<std::string> &classes,
                         const std::vector<std::vector<int>> &confusion) {
    const ConfusionTable table(classes, confusion);
    Canvas canvas = titled_canvas(title, table.width(), table.height());
    table.draw(canvas);
    return canvas;
}

}  // namespace fsd
