// Images by class in an archive: tar, plain or packed by gzip, xz, bzip2, zstd or compress, and ZIP.
#pragma once

#include "toolkit/datasets/dataset.h"

namespace fsd {

// True where the file begins as such an archive does.
bool is_image_archive(const std::string &file);

Dataset load_image_archive(const std::string &file, Split split, const ImageFormat &format);

}  // namespace fsd
