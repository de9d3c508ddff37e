// Images by class in a folder.
#pragma once

#include "toolkit/datasets/dataset.h"

namespace fsd {

Dataset load_image_folder(const std::string &folder, Split split, const ImageFormat &format);

}  // namespace fsd
