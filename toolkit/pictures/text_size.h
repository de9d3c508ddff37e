// How much room a text takes, and what of it has room.
#pragma once

#include <string>

namespace fsd {

// In pixels, of a text with `size` pixels to an em.
double text_width(const std::string &text, double size, bool bold = false);

// The text, or as much of its beginning and end, with an ellipsis between them, as has room in `width`. A
// letter keeps its marks.
std::string fitted_text(const std::string &text, double size, bool bold, double width);

}  // namespace fsd
