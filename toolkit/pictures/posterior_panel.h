// Images beside the posteriors that a network gives them.
#pragma once

#include "toolkit/pictures/canvas.h"

#include <string>
#include <vector>

namespace fsd {

struct PosteriorCard {
    cv::Mat image;        // 8 bits; gray, or blue, green, red
    cv::Mat seen;         // what the network saw of it, same form; drawn beside it where the two differ
    std::string caption;  // its folder and file
    std::vector<std::pair<std::string, double>> posterior;  // class and probability, most probable first
    double entropy = 0;                                     // bits
    std::string label;                                      // the true class; empty where it is unknown
};

// One card per image: the image, a bar per class for the first `bars` classes, entropy; the most probable
// class is marked green or red where the true class is known. Cards are as wide as the names of classes need.
Canvas posterior_panel(const std::string &title, const std::vector<PosteriorCard> &cards, int bars);

}  // namespace fsd
