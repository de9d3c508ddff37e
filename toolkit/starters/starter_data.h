// Data as they are, for a network that is still to be chosen.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <string>

namespace fsd {

// The training samples at `path` (load_dataset) in `format`. Where it leaves sides or colors open the data
// decide: images that agree and whose longer side has at most 64 pixels stay as they are; others become 32 x
// 32 pixels, in colors where some have them. What was decided is the last of the notes. Throws Error as
// load_dataset.
Dataset starter_data(const std::string &path, const std::string &labels, const ImageFormat &format);

}  // namespace fsd
