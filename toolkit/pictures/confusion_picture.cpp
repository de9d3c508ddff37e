// A table with colored cells.
#include "toolkit/pictures/confusion_picture.h"

#include "runtime/formats/decimal.h"
#include "toolkit/pictures/canvas.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd {
namespace {

constexpr double margin = 24, title_height = 44, recall_width = 80, header_height = 48;

// Mistakes are rare, so a mistake's color grows with the root of its share.
Color cell_color(bool right, double share) {
    return right ? mixed(paper, accent, 0.75 * share) : mixed(paper, wrong_color, 0.9 * std::sqrt(share));
}

std::string percent(double share) {
    return fixed_decimal(100 * share, 2) + " %";
}

}  // namespace

cv::Mat confusion_picture(const std::string &title, const std::vector<std::string> &classes,
                          const std::vector<std::vector<int>> &confusion) {
    const std::size_t count = classes.size();
    const double cell = count <= 12 ? 54 : std::max(18.0, 648.0 / static_cast<double>(count));
    const double letters = std::min(9.0, cell / 5);
    double names = 30;
    for (const std::string &name : classes) {
        names = std::max(names, std::min(110.0, Canvas::width_of(name, 10) + 12));
    }
    const double left = margin + 20 + names, top = margin + title_height + header_height;
    const double side = cell * static_cast<double>(count);
    Canvas canvas(static_cast<int>(left + side + recall_width + margin),
                  static_cast<int>(top + side + margin));
    canvas.write(margin, margin + 16, Canvas::fitted(title, 13, canvas.width() - 2 * margin), 13, text_color,
                 Align::left, true);
    canvas.write(left + side / 2, top - 28, "recognized as", 9, faint_text, Align::center);
    canvas.write(left + side + 12, top - 8, "recall", 9, faint_text);
    canvas.write(margin, top - 8, "true", 9, faint_text);
    for (std::size_t label = 0; label < count; label++) {
        const double y = top + static_cast<double>(label) * cell;
        const int images = std::accumulate(confusion[label].begin(), confusion[label].end(), 0);
        canvas.write(left - 8, y + cell / 2 + 4, Canvas::fitted(classes[label], 10, names), 10, text_color,
                     Align::right);
        canvas.write(left + (static_cast<double>(label) + 0.5) * cell, top - 8,
                     Canvas::fitted(classes[label], letters, cell - 2), letters, text_color, Align::center);
        for (std::size_t found = 0; found < count; found++) {
            const int number = confusion[label][found];
            const double x = left + static_cast<double>(found) * cell,
                         share = images ? double(number) / images : 0;
            canvas.rectangle(x, y, cell, cell, cell_color(label == found, share));
            canvas.frame(x, y, cell, cell, track);
            if (number > 0) {
                canvas.write(x + cell / 2, y + cell / 2 + letters / 2, std::to_string(number), letters,
                             label == found && share > 0.5 ? paper : text_color, Align::center);
            }
        }
        if (images > 0) {
            canvas.write(left + side + 12, y + cell / 2 + 4,
                         percent(double(confusion[label][label]) / images), 9, text_color);
        }
    }
    return canvas.finished();
}

}  // namespace fsd
