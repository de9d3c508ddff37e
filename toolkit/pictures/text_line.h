// A line of text in any script, laid out: letters joined and marks placed as the script wants it, words from
// right to left where they are read so in a line from left to right, and for what a font lacks another font.
#pragma once

#include "toolkit/pictures/fonts.h"

#include <string>
#include <vector>

namespace fsd {

class TextLine {
public:
    // `size`: pixels to an em. What no line can show is escaped (runtime/formats/printable_text.h). Throws
    // Error as Fonts does.
    TextLine(const std::string &text, double size, bool bold);

    double width() const { return width_; }
    bool is_complete() const { return complete_; }  // no font lacks a character

    // With the context's color, from (x, y) on, y being the foot of a capital.
    void draw(cairo_t *context, double x, double y) const;

    // Where the text may be cut: bytes at which a letter with its marks begins, and its end.
    const std::vector<std::size_t> &places() const { return places_; }
    const std::string &text() const { return text_; }

private:
    struct Run {
        std::shared_ptr<cairo_font_face_t> font;
        std::vector<cairo_glyph_t> glyphs;
    };

    void lay_out(Fonts &fonts);

    std::string text_;
    double size_, width_ = 0;
    bool complete_ = true;
    std::vector<Run> runs_;
    std::vector<std::size_t> places_;
};

}  // namespace fsd
