// Pictures as files: PNG and SVG.
#pragma once

#include "toolkit/pictures/canvas.h"

#include <string>
#include <vector>

namespace fsd {

// What a picture's name may end with.
extern const std::vector<std::string> picture_endings;

// The same bytes for the same canvas and the same fonts. Throw std::bad_alloc where there is no memory,
// Error(unsupported) where Cairo cannot draw it.
std::string png_bytes(const Canvas &canvas);
std::string svg_text(const Canvas &canvas);  // letters are outlines; the texts stand in <desc>

// Writes the picture as SVG where the name ends with .svg, else as PNG. Throws as write_file() does, too.
void write_picture(const std::string &path, const Canvas &canvas);

}  // namespace fsd
