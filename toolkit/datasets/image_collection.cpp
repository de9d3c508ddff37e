// Classes from paths, samples sorted, pixels copied into one tensor.
#include "toolkit/datasets/image_collection.h"

#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/datasets/file_tree.h"
#include "toolkit/datasets/image_format.h"
#include "toolkit/image_files/image_name.h"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace fsd {
namespace {

std::vector<std::string> parts_of(const std::string &path) {
    std::vector<std::string> parts;
    std::istringstream stream(path);
    for (std::string part; std::getline(stream, part, '/');) {
        if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    return parts;
}

// <class>/<file>; of the folders above the class, the innermost that bears the name of a split.
// Without the name of a class for a file outside of any class folder.
ImagePlace place_of(const std::string &path) {
    const std::vector<std::string> parts = parts_of(path);
    ImagePlace place;
    place.class_name = parts.size() >= 2 ? parts[parts.size() - 2] : "";
    for (std::size_t i = 0; i + 2 < parts.size(); i++) {
        if (const std::optional<SplitFolder> folder = split_folder(parts[i])) {
            place.folder = folder;
            place.folder_name = parts[i];
        }
    }
    return place;
}

}  // namespace

ImageCollection::ImageCollection(std::string source, Split split, const ImageFormat &format)
    : source_(std::move(source)), split_(split), format_(format) {}

void ImageCollection::ignore(const std::string &path) {
    const bool is_known = !ignored_.empty() && ignored_.back() == path;
    if (!is_known) {
        ignored_.push_back(path);
    }
}

bool ImageCollection::ignores(const std::string &path) {
    const std::vector<std::string> parts = parts_of(path);
    const auto hidden = std::find_if(parts.begin(), parts.end(), is_hidden_name);
    if (hidden == parts.end()) {
        return false;
    }
    if (hidden + 1 != parts.end() || has_image_name(path)) {
        std::string above;
        std::for_each(parts.begin(), hidden + 1,
                      [&](const std::string &part) { above += (above.empty() ? "" : "/") + part; });
        ignore(above);
    }
    return true;
}

// A model could not be saved, after hours of training.
void ImageCollection::add_class(const std::string &name) {
    if (printable_text(name) != name) {
        throw Error(ExitCode::bad_input,
                    text("The class folder '", printable_text(name), "' in ", source_,
                         " has a name with control characters or bytes that are no UTF-8; rename it."));
    }
    classes_.emplace(name, 0);
}

bool ImageCollection::wants(const std::string &path) {
    if (ignores(path)) {
        return false;
    }
    if (has_foreign_image_name(path)) {
        throw Error(ExitCode::bad_input,
                    text("The image ", path, " in ", source_,
                         " is of a kind that is not read; convert it to PNG or JPEG, or take it away."));
    }
    if (!has_image_name(path)) {
        return false;
    }
    const ImagePlace place = place_of(path);
    if (place.class_name.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The image ", path, " in ", source_,
                         " stands in no class's folder; expected <class>/<image>, train/<class>/<image> "
                         "or test/<class>/<image>."));
    }
    return wants(path, place);
}

bool ImageCollection::wants(const std::string &path, const ImagePlace &place) {
    place.folder ? void(folders_.emplace(*place.folder, place.folder_name)) : void(any_unsplit_ = true);
    if (!folders_.empty() && any_unsplit_) {
        throw Error(ExitCode::bad_input,
                    text("In ", source_, " the image ", path, place.folder ? " stands" : " does not stand",
                         " under train/ or test/, unlike the images before it; expected all or none to."));
    }
    add_class(place.class_name);
    return !place.folder || (*place.folder == SplitFolder::train) == (split_ == Split::train);
}

void ImageCollection::add(const std::string &path, const std::vector<std::uint8_t> &bytes) {
    add(path, place_of(path), bytes);
}

void ImageCollection::add(const std::string &path, const ImagePlace &place,
                          const std::vector<std::uint8_t> &bytes) {
    const Image image = image_in_format(bytes, text(path, " in ", source_), format_);
    if (samples_.empty()) {
        std::tie(height_, width_, colors_) = std::tie(image.height, image.width, image.colors);
    }
    if (std::tie(image.height, image.width, image.colors) != std::tie(height_, width_, colors_)) {
        throw Error(ExitCode::bad_input,
                    text("The image ", path, " in ", source_, " has ", image.height, " x ", image.width,
                         " pixels of ", image.colors, image.colors == 1 ? " color" : " colors",
                         "; the images before it have ", height_, " x ", width_, " of ", colors_,
                         ". Ask for one size and number of colors to convert them."));
    }
    if (pixels_.size() + image.pixels.size() > 0x7fffffff) {
        throw Error(ExitCode::bad_input,
                    text("The images in ", source_,
                         " have 2^31 bytes or more; ask for a smaller size or take fewer."));
    }
    samples_.push_back({place.class_name, path, place.folder, pixels_.size()});
    pixels_.insert(pixels_.end(), image.pixels.begin(), image.pixels.end());
}

// Images straight under train/ and test/ are no two classes.
void ImageCollection::check_split_names() const {
    const bool all = std::all_of(classes_.begin(), classes_.end(),
                                 [](const auto &one) { return split_folder(one.first).has_value(); });
    if (any_unsplit_ && all) {
        throw Error(ExitCode::bad_input, text("In ", source_, " the folder ", classes_.begin()->first,
                                              " holds images without classes; expected ",
                                              classes_.begin()->first, "/<class>/<image>."));
    }
}

// Validation images are the test images where there are no others.
void ImageCollection::choose_split(Dataset &dataset) {
    const auto validation = folders_.find(SplitFolder::validation);
    if (split_ == Split::train || validation == folders_.end()) {
        return;
    }
    if (folders_.count(SplitFolder::test) == 0) {
        dataset.notes.push_back(
            text("The test images are those of ", validation->second, "/ in ", source_, "."));
        return;
    }
    dataset.notes.push_back(text("The images of ", validation->second, "/ in ", source_, " are not used."));
    samples_.erase(std::remove_if(samples_.begin(), samples_.end(),
                                  [](const Sample &one) { return one.folder == SplitFolder::validation; }),
                   samples_.end());
}

Dataset ImageCollection::finish() {
    Dataset dataset;
    if (!ignored_.empty()) {
        dataset.notes.push_back(ignored_sentence(source_, ignored_));
    }
    choose_split(dataset);
    if (samples_.empty()) {
        throw Error(ExitCode::bad_input,
                    text("No image ", folders_.empty() ? "" : "of the " + to_string(split_) + " split ",
                         "was found in ", source_, "; expected <class>/<image> or ", to_string(split_),
                         "/<class>/<image>, as .jpg, .png, .bmp, .pgm, .ppm, .tif or .webp."));
    }
    check_split_names();
    dataset.source = source_;
    dataset.split = !folders_.empty();
    for (auto &[name, label] : classes_) {
        label = static_cast<int>(dataset.classes.size());
        dataset.classes.push_back(name);
    }
    std::sort(samples_.begin(), samples_.end(), [](const Sample &a, const Sample &b) {
        return std::tie(a.class_name, a.path) < std::tie(b.class_name, b.path);
    });
    dataset.images = make_tensor(halide_type_of<std::uint8_t>(),
                                 {static_cast<int>(samples_.size()), height_, width_, colors_});
    auto *place = static_cast<std::uint8_t *>(dataset.images.data());
    const std::size_t bytes = std::size_t(height_) * width_ * colors_;
    for (const Sample &sample : samples_) {
        dataset.labels.push_back(classes_.at(sample.class_name));
        dataset.names.push_back(sample.path);
        place = std::copy_n(pixels_.data() + sample.start, bytes, place);
    }
    return dataset;
}

}  // namespace fsd
