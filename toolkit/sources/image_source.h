// What `fsdnet classify` is given: image files, folders, IDX files, NumPy arrays and sheets, brought to the
// network's input.
#pragma once

#include "runtime/model.h"

#include <opencv2/core.hpp>

#include <map>
#include <string>
#include <vector>

namespace fsd {

struct SourceOptions {
    cv::Size sheet;  // cells of every image; 0 x 0: only OpenCV's digits.png is cut, recognized by its size
    std::size_t shown = 0;  // originals that are kept for the picture, evenly spaced
};

struct SourceImages {
    std::vector<std::string> names;            // the file; for images inside a file "file[index]"
    std::vector<int> labels;                   // index of the true class, -1 where unknown
    std::map<std::size_t, cv::Mat> originals;  // some, by index: 8 bits, gray or blue, green, red
    // What the network sees: uint8 [sample, y, x, color], or float32 where the samples are numbers.
    Tensor pixels;
    std::vector<std::pair<std::string, std::string>> skipped;  // files that could not be used, and why
    std::vector<std::string> notes;                            // sentences about what else was passed over
};

// Labels are known for digits.png, for IDX files with labels beside them, and for files in folders that bear
// the name of a class. Numbers come from .npy files only and without
// originals. A file that cannot be used, or is too large for the memory, is skipped. Throws Error where
// nothing can be used, with the code of the first failure, and Error(bad_input) where images and numbers are
// mixed.
SourceImages gather_images(const std::vector<std::string> &paths, const Model &model,
                           const SourceOptions &options);

}  // namespace fsd
