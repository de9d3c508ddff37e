// What the name of a file says of its content.
#pragma once

#include <string>

namespace fsd {

// True where the name ends like an image's that decode_image() reads: jpg, jpeg, jpe, jfif, png, bmp, dib,
// pbm, pgm, ppm, pnm, tif, tiff, webp; any case.
bool has_image_name(const std::string &path);

// True where the name ends like an image's or film's of another kind: gif, heic, avif, jp2, ...; any case.
bool has_foreign_image_name(const std::string &path);

}  // namespace fsd
