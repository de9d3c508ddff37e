// Recognizes what a path holds and calls its reader.
#include "toolkit/datasets/dataset.h"

#include "runtime/error.h"
#include "toolkit/datasets/cifar10.h"
#include "toolkit/datasets/decode.h"
#include "toolkit/datasets/idx.h"
#include "toolkit/datasets/image_folder.h"
#include "toolkit/datasets/image_tar.h"
#include "toolkit/datasets/tar.h"

#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

// The archive of a folder that holds one tar and nothing else but hidden files; otherwise empty.
std::string only_tar_in(const std::string &folder) {
    std::string found;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name[0] == '.') {
            continue;
        }
        if (!found.empty() || !entry.is_regular_file() || !is_tar(entry.path().string())) {
            return "";
        }
        found = entry.path().string();
    }
    return found;
}

Dataset load_folder(const std::string &folder, Split split, const ImageFormat &format) {
    if (is_idx_folder(folder)) {
        return load_idx_folder(folder, split);
    }
    if (is_cifar10_folder(folder)) {
        return load_cifar10_folder(folder, split);
    }
    const std::string tar = only_tar_in(folder);
    return tar.empty() ? load_image_folder(folder, split, format) : load_image_tar(tar, split, format);
}

Dataset load_file(const std::string &file, Split split, const ImageFormat &format) {
    if (is_idx_images(file)) {
        return load_idx_file(file);
    }
    if (is_tar(file)) {
        return load_image_tar(file, split, format);
    }
    throw Error(ExitCode::bad_input,
                text("The file ", file,
                     " is no data set that fsdnet reads; expected MNIST's IDX images (train-images-idx3-"
                     "ubyte, plain or .gz) or a .tar or .tar.gz of images by class."));
}

void check_format(const ImageFormat &format) {
    if (format.height < 0 || format.width < 0 ||
        (format.colors != 0 && format.colors != 1 && format.colors != 3)) {
        throw Error(ExitCode::usage,
                    text("Images cannot be brought to ", format.height, " x ", format.width, " pixels of ",
                         format.colors,
                         " colors; expected sides of at least 1 (0 keeps them) and 1 or 3 colors."));
    }
}

}  // namespace

Dataset load_dataset(const std::string &path, Split split, const ImageFormat &format) {
    check_format(format);
    try {
        if (!fs::exists(path)) {
            throw Error(ExitCode::bad_input, text("The data set ", path, " does not exist."));
        }
        Dataset dataset =
            fs::is_directory(path) ? load_folder(path, split, format) : load_file(path, split, format);
        dataset.images = converted(dataset.images, format);
        return dataset;
    } catch (const fs::filesystem_error &error) {
        throw Error(ExitCode::bad_input,
                    text("Cannot read the data set ", path, ": ", error.code().message(), "."));
    }
}

std::string to_string(Split split) {
    return split == Split::train ? "train" : "test";
}

Dataset samples_of(const Dataset &whole, int first, int count) {
    const int samples = shape_of(whole.images)[0];
    if (first < 0 || count < 1 || first > samples - count) {
        throw Error(ExitCode::usage, text("Samples ", first, " to ", first + count - 1, " were asked for; ",
                                          whole.source, " holds samples 0 to ", samples - 1, "."));
    }
    Dataset part = whole;
    part.images = whole.images.cropped(3, first, count);
    part.images.translate(3, -first);
    part.labels.assign(whole.labels.begin() + first, whole.labels.begin() + first + count);
    return part;
}

}  // namespace fsd
