// A confusion matrix as a picture.
#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace fsd {

// confusion[label][predicted]: counts. The diagonal is blue, mistakes are red, both darker for a larger share
// of the label's images; at the right the share of each label's images that was recognized.
cv::Mat confusion_picture(const std::string &title, const std::vector<std::string> &classes,
                          const std::vector<std::vector<int>> &confusion);

}  // namespace fsd
