// The fonts of this machine, as fontconfig lists them.
#pragma once

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <list>
#include <memory>

namespace fsd {

constexpr int layout_size = 1024;  // pixels to an em of the faces that lines are laid out with

struct Font {
    std::shared_ptr<FT_FaceRec_> face;         // of layout_size
    std::shared_ptr<cairo_font_face_t> drawn;  // what Cairo draws with
    std::shared_ptr<FcPattern> pattern;        // what fontconfig knows of it
    const FcCharSet *characters = nullptr;     // part of the pattern

    bool has(FcChar32 character) const { return FcCharSetHasChar(characters, character); }
};

// The fonts of one weight in the order in which a character looks for one that has it: DejaVu Sans, then what
// the system takes for sans-serif, then all others.
class Fonts {
public:
    // Those of this thread, as FreeType's faces have one user at a time. Throws Error(unsupported) where the
    // machine has no font.
    static Fonts &of_thread(bool bold);

    // The first one that has the character; where none has, the first of all, whose box stands for it.
    const Font &font_for(FcChar32 character);

private:
    explicit Fonts(bool bold);

    bool open(Font &font);  // false where it cannot be read

    std::shared_ptr<FT_LibraryRec_> library_;
    std::list<Font> fonts_;
};

}  // namespace fsd
