// Fontconfig knows which font has which character, Raqm lays out.
#include "toolkit/pictures/text_line.h"

#include "runtime/formats/printable_text.h"

#include <raqm.h>

#include <algorithm>
#include <new>

namespace fsd {
namespace {

constexpr double raqm_units = 64;  // to a pixel

struct Piece {
    const Font *font;
    std::size_t first, size;  // bytes
};

// Blanks, joiners and marks belong to the letter in front of them.
bool goes_on(FcChar32 character) {
    return character == ' ' || character == 0x200c || character == 0x200d ||
           (0x300 <= character && character < 0x370);
}

std::vector<Piece> pieces_of(const std::string &text, Fonts &fonts) {
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < text.size();) {
        FcChar32 character = 0;
        const int read = FcUtf8ToUcs4(reinterpret_cast<const FcChar8 *>(text.data()) + at, &character,
                                      static_cast<int>(text.size() - at));
        const auto size = static_cast<std::size_t>(std::max(read, 1));
        const bool stays = !pieces.empty() && goes_on(character) && pieces.back().font->has(character);
        const Font *font = stays ? pieces.back().font : &fonts.font_for(character);
        if (pieces.empty() || pieces.back().font != font) {
            pieces.push_back({font, at, 0});
        }
        pieces.back().size += size;
        at += size;
    }
    return pieces;
}

}  // namespace

TextLine::TextLine(const std::string &text, double size, bool bold)
    : text_(printable_text(text)), size_(size) {
    if (!text_.empty()) {
        lay_out(Fonts::of_thread(bold));
    }
}

void TextLine::lay_out(Fonts &fonts) {
    const std::vector<Piece> pieces = pieces_of(text_, fonts);
    const std::unique_ptr<raqm_t, void (*)(raqm_t *)> line(raqm_create(), raqm_destroy);
    bool good = line && raqm_set_text_utf8(line.get(), text_.data(), text_.size()) &&
                raqm_set_par_direction(line.get(), RAQM_DIRECTION_LTR) &&
                raqm_set_freetype_load_flags(line.get(), FT_LOAD_NO_HINTING);
    for (const Piece &piece : pieces) {
        good =
            good && raqm_set_freetype_face_range(line.get(), piece.font->face.get(), piece.first, piece.size);
    }
    std::size_t count = 0;
    const raqm_glyph_t *glyphs =
        good && raqm_layout(line.get()) ? raqm_get_glyphs(line.get(), &count) : nullptr;
    if (!glyphs) {
        throw std::bad_alloc();
    }
    const double scale = size_ / layout_size / raqm_units;
    for (std::size_t i = 0; i < count; i++) {
        const raqm_glyph_t &glyph = glyphs[i];
        const auto piece = std::find_if(pieces.begin(), pieces.end(), [&](const Piece &one) {
            return one.font->face.get() == glyph.ftface;
        });
        if (runs_.empty() || runs_.back().font != piece->font->drawn) {
            runs_.push_back({piece->font->drawn, {}});
        }
        runs_.back().glyphs.push_back(
            {glyph.index, width_ + scale * glyph.x_offset, -scale * glyph.y_offset});
        width_ += scale * glyph.x_advance;
        complete_ = complete_ && glyph.index != 0;
        places_.push_back(glyph.cluster);
    }
    places_.push_back(text_.size());
    std::sort(places_.begin(), places_.end());
    places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
}

void TextLine::draw(cairo_t *context, double x, double y) const {
    cairo_set_font_size(context, size_);
    for (const Run &run : runs_) {
        std::vector<cairo_glyph_t> placed = run.glyphs;
        for (cairo_glyph_t &glyph : placed) {
            glyph.x += x;
            glyph.y += y;
        }
        cairo_set_font_face(context, run.font.get());
        cairo_show_glyphs(context, placed.data(), static_cast<int>(placed.size()));
    }
}

}  // namespace fsd
