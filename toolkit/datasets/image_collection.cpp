// Classes from paths, samples sorted, pixels copied into one tensor.
#include "toolkit/datasets/image_collection.h"

#include "runtime/error.h"
#include "toolkit/datasets/decode.h"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace fsd {
namespace {

struct Place {
    std::string split;       // "train", "test" or empty
    std::string class_name;  // empty for a file outside of any class folder
};

// .../train/<class>/<file> or .../<class>/<file>
Place place_of(const std::string &path) {
    std::vector<std::string> parts;
    std::istringstream stream(path);
    for (std::string part; std::getline(stream, part, '/');) {
        if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    const std::size_t count = parts.size();
    const std::string grandparent = count >= 3 ? parts[count - 3] : "";
    return {grandparent == "train" || grandparent == "test" ? grandparent : "",
            count >= 2 ? parts[count - 2] : ""};
}

bool is_hidden(const std::string &path) {
    return path[path.rfind('/') + 1] == '.';
}

}  // namespace

ImageCollection::ImageCollection(std::string source, Split split, const ImageFormat &format)
    : source_(std::move(source)), split_(split), format_(format) {}

bool ImageCollection::wants(const std::string &path) {
    if (!has_image_name(path) || is_hidden(path)) {
        return false;
    }
    const Place place = place_of(path);
    if (place.class_name.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The image ", path, " in ", source_,
                         " stands in no class's folder; expected <class>/<image>, train/<class>/<image> "
                         "or test/<class>/<image>."));
    }
    (place.split.empty() ? any_unsplit_ : any_split_) = true;
    if (any_split_ && any_unsplit_) {
        throw Error(ExitCode::bad_input,
                    text("In ", source_, " the image ", path,
                         place.split.empty() ? " does not stand" : " stands",
                         " under train/ or test/, unlike the images before it; expected all or none to."));
    }
    classes_.emplace(place.class_name, 0);
    return place.split.empty() || place.split == to_string(split_);
}

void ImageCollection::add(const std::string &path, const std::vector<std::uint8_t> &bytes) {
    const Image image = decode_image(bytes, text(path, " in ", source_), format_);
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
    samples_.push_back({place_of(path).class_name, path, pixels_.size()});
    pixels_.insert(pixels_.end(), image.pixels.begin(), image.pixels.end());
}

Dataset ImageCollection::finish() {
    if (samples_.empty()) {
        throw Error(ExitCode::bad_input,
                    text("No image ", any_split_ ? "of the " + to_string(split_) + " split " : "",
                         "was found in ", source_, "; expected <class>/<image> or ", to_string(split_),
                         "/<class>/<image>, as .jpg, .png, .bmp, .pgm, .ppm, .tif or .webp."));
    }
    Dataset dataset;
    dataset.source = source_;
    dataset.split = any_split_;
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
    const std::size_t bytes = pixels_.size() / samples_.size();
    for (const Sample &sample : samples_) {
        dataset.labels.push_back(classes_.at(sample.class_name));
        place = std::copy_n(pixels_.data() + sample.start, bytes, place);
    }
    return dataset;
}

}  // namespace fsd
