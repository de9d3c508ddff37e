// What each pixel of an image said, beside the image.
#pragma once

#include "toolkit/pictures/canvas.h"

#include <string>
#include <vector>

namespace fsd {

struct ExplanationCard {
    cv::Mat image;             // what the network saw: 8 bits; gray, or blue, green, red
    std::string caption;       // its folder and file
    std::string statement;     // e.g. "3 rather than 8: 7.21 nats"
    std::vector<double> nats;  // [y, x] of the image's extents
};

// One card per image: the image, and its pixels red where they spoke for the class and blue where they spoke
// against it; the scale, nats per pixel, is each card's own.
Canvas explanation_picture(const std::string &title, const std::vector<ExplanationCard> &cards);

}  // namespace fsd
