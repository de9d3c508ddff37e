// Where a photo of handwriting has ink, whatever the colors of ink and paper.
#pragma once

#include <opencv2/core.hpp>

namespace fsd {

struct Ink {
    cv::Mat amount;  // CV_8U: 0 paper, 255 full ink
    cv::Mat
        strokes;  // CV_8U: 255 where the amount is at least half and the stroke is no speck; empty: no ink
};

// `image` is 8 bits, 1 or 3 channels. Where the image is blank (no pixel differs clearly from the background
// and its noise), `strokes` is empty.
Ink find_ink(const cv::Mat &image);

}  // namespace fsd
