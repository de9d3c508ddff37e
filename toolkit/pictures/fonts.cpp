// Sorted by fontconfig once, opened when a character needs them.
#include "toolkit/pictures/fonts.h"

#include "runtime/error.h"

#include <cairo-ft.h>

#include <new>

namespace fsd {
namespace {

const FcChar8 *text_for_fontconfig(const char *text) {
    return reinterpret_cast<const FcChar8 *>(text);
}

// The language is fixed, so that a picture does not depend on the environment's.
std::shared_ptr<FcPattern> wanted(bool bold) {
    std::shared_ptr<FcPattern> pattern(FcPatternCreate(), FcPatternDestroy);
    if (!pattern) {
        throw std::bad_alloc();
    }
    FcPatternAddString(pattern.get(), FC_FAMILY, text_for_fontconfig("DejaVu Sans"));
    FcPatternAddString(pattern.get(), FC_FAMILY, text_for_fontconfig("sans-serif"));
    FcPatternAddString(pattern.get(), FC_LANG, text_for_fontconfig("en"));
    FcPatternAddInteger(pattern.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddBool(pattern.get(), FC_OUTLINE, FcTrue);
    FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    return pattern;
}

bool has_outlines(FcPattern *pattern) {
    FcBool outline = FcFalse;
    return FcPatternGetBool(pattern, FC_OUTLINE, 0, &outline) == FcResultMatch && outline;
}

}  // namespace

Fonts::Fonts(bool bold) {
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) {
        throw std::bad_alloc();
    }
    library_.reset(library, FT_Done_FreeType);
    FcResult result = FcResultMatch;
    const std::shared_ptr<FcFontSet> sorted(FcFontSort(nullptr, wanted(bold).get(), FcTrue, nullptr, &result),
                                            [](FcFontSet *set) {
                                                if (set) {
                                                    FcFontSetDestroy(set);
                                                }
                                            });
    for (int i = 0; sorted && i < sorted->nfont; i++) {
        FcPattern *pattern = sorted->fonts[i];
        FcCharSet *characters = nullptr;
        if (has_outlines(pattern) &&
            FcPatternGetCharSet(pattern, FC_CHARSET, 0, &characters) == FcResultMatch) {
            FcPatternReference(pattern);
            fonts_.push_back({nullptr, nullptr, {pattern, FcPatternDestroy}, characters});
        }
    }
}

Fonts &Fonts::of_thread(bool bold) {
    thread_local Fonts regular(false), heavy(true);
    return bold ? heavy : regular;
}

bool Fonts::open(Font &font) {
    FcChar8 *file = nullptr;
    int index = 0;
    FT_Face face = nullptr;
    if (FcPatternGetString(font.pattern.get(), FC_FILE, 0, &file) != FcResultMatch ||
        FcPatternGetInteger(font.pattern.get(), FC_INDEX, 0, &index) != FcResultMatch ||
        FT_New_Face(library_.get(), reinterpret_cast<const char *>(file), index, &face) != 0) {
        return false;
    }
    font.face = {face, [library = library_](FT_Face opened) { FT_Done_Face(opened); }};
    font.drawn = {cairo_ft_font_face_create_for_pattern(font.pattern.get()), cairo_font_face_destroy};
    return FT_Set_Pixel_Sizes(face, 0, layout_size) == 0;
}

const Font &Fonts::font_for(FcChar32 character) {
    const Font *first = nullptr;
    for (auto font = fonts_.begin(); font != fonts_.end();) {
        const bool needed = !first || font->has(character);
        if (needed && !font->face && !open(*font)) {
            font = fonts_.erase(font);
            continue;
        }
        if (font->has(character)) {
            return *font;
        }
        first = first ? first : &*font;
        font++;
    }
    if (!first) {
        throw Error(ExitCode::unsupported,
                    "A picture's text needs a font, and fontconfig finds none on this machine; install one, "
                    "e.g. Debian's fonts-dejavu-core.");
    }
    return *first;
}

}  // namespace fsd
