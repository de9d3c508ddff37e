// Reads as the files are; where that fails, or gives more than a small network should read, reads again.
#include "toolkit/starters/starter_data.h"

#include "runtime/error.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr int longest_side = 64, standard_side = 32;

std::string size_text(const Dataset &data) {
    const Shape shape = shape_of(data.images);
    return text(shape[1], " x ", shape[2], shape[3] == 1 ? " gray pixels" : " pixels in colors");
}

ImageFormat standard(const ImageFormat &format) {
    return {format.height ? format.height : standard_side, format.width ? format.width : standard_side,
            format.colors};
}

// Some in colors, some gray: all in colors. What else is wrong fails again.
Dataset in_standard_size(const std::string &path, const std::string &labels, ImageFormat format) {
    format = standard(format);
    try {
        return load_dataset(path, Split::train, format, labels);
    } catch (const Error &) {
        if (format.colors != 0) {
            throw;
        }
        format.colors = 3;
        return load_dataset(path, Split::train, format, labels);
    }
}

}  // namespace

Dataset starter_data(const std::string &path, const std::string &labels, const ImageFormat &format) {
    Dataset data;
    try {
        data = load_dataset(path, Split::train, format, labels);
        const Shape shape = shape_of(data.inputs());
        const bool asked = format.height != 0 && format.width != 0;
        if (data.is_numeric() || asked || std::max(shape[1], shape[2]) <= longest_side) {
            return data;
        }
        data = in_standard_size(path, labels, format);
    } catch (const Error &error) {
        if (error.code() != ExitCode::bad_input) {
            throw;
        }
        data = in_standard_size(path, labels, format);
    }
    data.notes.push_back(text("The images are brought to ", size_text(data),
                              "; --height, --width and --colors ask for other ones."));
    return data;
}

}  // namespace fsd
