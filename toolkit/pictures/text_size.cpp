// Lays out and measures.
#include "toolkit/pictures/text_size.h"

#include "toolkit/pictures/text_line.h"

namespace fsd {

double text_width(const std::string &text, double size, bool bold) {
    return TextLine(text, size, bold).width();
}

std::string fitted_text(const std::string &text, double size, bool bold, double width) {
    const TextLine whole(text, size, bold);
    if (whole.width() <= width) {
        return whole.text();
    }
    const std::vector<std::size_t> &places = whole.places();
    // Half of the letters that stay are at the beginning, half at the end; fewer in each round.
    for (std::size_t stay = places.size() - 2;; stay--) {
        const std::string cut = whole.text().substr(0, places[(stay + 1) / 2]) + "\u2026" +
                                whole.text().substr(places[places.size() - 1 - stay / 2]);
        if (stay == 0 || text_width(cut, size, bold) <= width) {
            return cut;
        }
    }
}

}  // namespace fsd
