// Gathers images by class from any source of (path, bytes) and makes a Dataset of them.
#pragma once

#include "toolkit/datasets/dataset.h"
#include "toolkit/datasets/split_name.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fsd {

// Where an image belongs.
struct ImagePlace {
    std::optional<SplitFolder> folder;
    std::string folder_name;  // as the source writes it
    std::string class_name;
};

class ImageCollection {
public:
    // `source` names the folder or archive in sentences.
    ImageCollection(std::string source, Split split, const ImageFormat &format);

    // Tells of a file by its path inside the source. True where its bytes are wanted: an image that may be of
    // the split; validation images stand in for test images where there are none. Throws Error(bad_input) for
    // an image of a kind that is not read, for one outside of any class, for the name of a class that a model
    // cannot hold, and where some images stand in folders of splits and others do not.
    bool wants(const std::string &path);

    // The same where the source says the place; any file is an image then.
    bool wants(const std::string &path, const ImagePlace &place);

    // True for a path with a hidden or system folder or file in it, which finish() notes.
    bool ignores(const std::string &path);

    // Adds a file that is wanted. Throws Error where it cannot be read or differs in size from the others.
    void add(const std::string &path, const std::vector<std::uint8_t> &bytes);
    void add(const std::string &path, const ImagePlace &place, const std::vector<std::uint8_t> &bytes);

    // Notes a hidden or system folder or file that was passed over.
    void ignore(const std::string &path);

    // Throws Error(bad_input) where no image was added.
    Dataset finish();

private:
    struct Sample {
        std::string class_name;
        std::string path;
        std::optional<SplitFolder> folder;
        std::size_t start;  // of its pixels
    };

    void add_class(const std::string &name);
    void choose_split(Dataset &dataset);
    void check_split_names() const;

    std::string source_;
    Split split_;
    ImageFormat format_;
    std::map<SplitFolder, std::string> folders_;  // that hold images, and one of them
    bool any_unsplit_ = false;
    std::map<std::string, int> classes_;  // name -> label; labels are given at the end
    std::vector<Sample> samples_;
    std::vector<std::uint8_t> pixels_;
    int height_ = 0, width_ = 0, colors_ = 0;  // of the first image
    std::vector<std::string> ignored_;
};

}  // namespace fsd
