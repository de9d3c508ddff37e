// A confusion matrix as a picture.
#pragma once

#include "toolkit/pictures/canvas.h"

#include <string>
#include <vector>

namespace fsd {

// confusion[label][predicted]: counts. The diagonal is blue, mistakes are red, both darker for a larger share
// of the label's images; at the right the share of each label's images that was recognized. Cells shrink with
// the number of classes; a number stands in its cell where it has room. Of more than a hundred classes only
// some are named.
Canvas confusion_picture(const std::string &title, const std::vector<std::string> &classes,
                         const std::vector<std::vector<int>> &confusion);

}  // namespace fsd
