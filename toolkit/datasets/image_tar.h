// Images by class in a tar archive, plain or gzip.
#pragma once

#include "toolkit/datasets/dataset.h"

namespace fsd {

Dataset load_image_tar(const std::string &file, Split split, const ImageFormat &format);

}  // namespace fsd
