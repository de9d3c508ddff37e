// Gathers images by class from any source of (path, bytes) and makes a Dataset of them.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fsd {

class ImageCollection {
public:
    // `source` names the folder or archive in sentences.
    ImageCollection(std::string source, Split split, const ImageFormat &format);

    // Tells of a file by its path inside the source. True where its bytes are wanted: an image of the split.
    // Throws Error(bad_input) where some images stand under train/ and test/ and others do not.
    bool wants(const std::string &path);

    // Adds a file that is wanted. Throws Error(bad_input) where it is no image or differs in size from the
    // others.
    void add(const std::string &path, const std::vector<std::uint8_t> &bytes);

    // Throws Error(bad_input) where no image was added.
    Dataset finish();

private:
    struct Sample {
        std::string class_name;
        std::string path;
        std::size_t start;  // of its pixels
    };

    std::string source_;
    Split split_;
    ImageFormat format_;
    bool any_split_ = false;
    bool any_unsplit_ = false;
    std::map<std::string, int> classes_;  // name -> label; labels are given at the end
    std::vector<Sample> samples_;
    std::vector<std::uint8_t> pixels_;
    int height_ = 0, width_ = 0, colors_ = 0;  // of the first image
};

}  // namespace fsd
