// What `fsdnet classify` is given: image files, folders, IDX files, NumPy arrays and sheets, brought to the
// network's input.
#pragma once

#include "runtime/model.h"

#include <opencv2/core.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fsd {

// Which pixels of an image count as not observed. It then has to have the network's extents, or a network
// without preprocessing: what is cropped and centered has no pixels of its own.
struct UnobservedPixels {
    bool transparent = false;        // those with alpha 0
    std::optional<cv::Vec3b> color;  // those of this color: red, green, blue

    bool any() const { return transparent || color; }
};

struct SourceOptions {
    cv::Size sheet;  // cells of every image; 0 x 0: only OpenCV's digits.png is cut, recognized by its size
    std::size_t shown = 0;  // originals that are kept for the picture, evenly spaced
    UnobservedPixels unobserved = {};
};

struct SourceImages {
    std::vector<std::string> names;            // the file; for images inside a file "file[index]"
    std::vector<int> labels;                   // index of the true class, -1 where unknown
    std::map<std::size_t, cv::Mat> originals;  // some, by index: 8 bits, gray or blue, green, red
    // What the network sees: uint8 [sample, y, x, color], or float32 where the samples are numbers.
    Tensor pixels;
    Tensor mask;  // uint8 [sample, y, x, 1], 0: unobserved; without memory unless SourceOptions asks for it
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
