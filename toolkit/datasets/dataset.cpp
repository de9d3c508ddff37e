// Recognizes what a path holds and calls its reader.
#include "toolkit/datasets/dataset.h"

#include "runtime/file_error.h"
#include "toolkit/datasets/cifar10.h"
#include "toolkit/datasets/file_tree.h"
#include "toolkit/datasets/idx.h"
#include "toolkit/datasets/image_archive.h"
#include "toolkit/datasets/image_folder.h"
#include "toolkit/datasets/image_format.h"
#include "toolkit/datasets/image_table.h"
#include "toolkit/datasets/npy_data.h"
#include "toolkit/datasets/npz.h"

#include <cstring>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

// The archive of a folder that holds one archive and nothing else but hidden files; otherwise empty.
std::string only_archive_in(const std::string &folder) {
    std::string found;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (is_hidden_name(name)) {
            continue;
        }
        std::error_code error;  // a circle of links is no file
        if (!found.empty() || !entry.is_regular_file(error) || !is_image_archive(entry.path().string())) {
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
    if (is_npy_folder(folder)) {
        return load_npy_folder(folder, split);
    }
    const std::string archive = only_archive_in(folder);
    return archive.empty() ? load_image_folder(folder, split, format)
                           : load_image_archive(archive, split, format);
}

Dataset load_file(const std::string &file, Split split, const ImageFormat &format) {
    if (is_idx_images(file)) {
        return load_idx_file(file);
    }
    if (is_image_table(file)) {
        return load_image_table(file, split, format);
    }
    if (is_npz(file)) {
        return load_npz(file, split);
    }
    if (is_image_archive(file)) {
        return load_image_archive(file, split, format);
    }
    if (is_npy(file)) {
        throw Error(
            ExitCode::bad_input,
            text("The file ", file, " holds inputs alone; give the .npy file of their labels as well."));
    }
    throw Error(ExitCode::bad_input,
                text("The file ", file,
                     " is no data set that fsdnet reads; expected MNIST's IDX images "
                     "(train-images-idx3-ubyte, plain or .gz), images by class in a .tar (also .gz, .xz, "
                     ".bz2, .zst) or a .zip, a .csv of paths and labels, or NumPy's .npy or .npz."));
}

Dataset load_any(const std::string &path, Split split, const ImageFormat &format, const std::string &labels) {
    if (is_npz(path) && is_npz(labels)) {
        return load_npz_files(path, labels);
    }
    if (!labels.empty() && !is_npy(path)) {
        throw Error(ExitCode::bad_input, text("The labels ", labels, " cannot be used with ", path,
                                              ", which brings its own; they belong to inputs in a .npy file, "
                                              "or with both in an .npz file each."));
    }
    if (!labels.empty()) {
        return load_npy_files(path, labels);
    }
    return fs::is_directory(path) ? load_folder(path, split, format) : load_file(path, split, format);
}

Tensor rows_at(const Tensor &tensor, const std::vector<int> &rows) {
    Shape shape = shape_of(tensor);
    const std::size_t bytes = tensor.size_in_bytes() / shape[0];
    shape[0] = static_cast<int>(rows.size());
    Tensor result = make_tensor(tensor.type(), shape);
    const auto *source = static_cast<const std::uint8_t *>(tensor.data());
    auto *place = static_cast<std::uint8_t *>(result.data());
    for (const int row : rows) {
        std::memcpy(place, source + row * bytes, bytes);
        place += bytes;
    }
    return result;
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

Dataset load_dataset(const std::string &path, Split split, const ImageFormat &format,
                     const std::string &labels) {
    check_format(format);
    try {
        if (!fs::exists(path)) {
            throw FileError(text("The data set ", path, " does not exist."));
        }
        Dataset dataset = load_any(path, split, format, labels);
        if (!dataset.is_numeric()) {
            dataset.images = converted(dataset.images, format);
        }
        return dataset;
    } catch (const fs::filesystem_error &error) {
        throw Error(ExitCode::bad_input,
                    text("Cannot read the data set ", path, ": ", error.code().message(), "."));
    }
}

std::string to_string(Split split) {
    return split == Split::train ? "train" : "test";
}

void need_images(const Dataset &dataset) {
    if (dataset.is_numeric()) {
        throw Error(ExitCode::bad_input,
                    text("The samples in ", dataset.source, " are numbers of the shape ",
                         to_string(shape_of(dataset.features)), "; this network takes images."));
    }
}

void need_classes(const Dataset &dataset) {
    if (dataset.is_regression()) {
        throw Error(ExitCode::bad_input, text("The labels of ", dataset.source,
                                              " are numbers, and this network gives classes; convert them to "
                                              "integers if they name classes."));
    }
}

Dataset samples_of(const Dataset &whole, int first, int count) {
    const int samples = whole.count();
    if (first < 0 || count < 1 || first > samples - count) {
        throw Error(ExitCode::usage, text("Samples ", first, " to ", first + count - 1, " were asked for; ",
                                          whole.source, " holds samples 0 to ", samples - 1, "."));
    }
    Dataset part = whole;
    for (Tensor *tensor : {&part.images, &part.features, &part.targets}) {
        if (tensor->data()) {
            const int axis = tensor->dimensions() - 1;
            *tensor = tensor->cropped(axis, first, count);
            tensor->translate(axis, -first);
        }
    }
    if (!whole.labels.empty()) {
        part.labels.assign(whole.labels.begin() + first, whole.labels.begin() + first + count);
    }
    if (!whole.names.empty()) {
        part.names.assign(whole.names.begin() + first, whole.names.begin() + first + count);
    }
    return part;
}

Dataset samples_at(const Dataset &whole, const std::vector<int> &samples) {
    Dataset part = whole;
    for (const auto member : {&Dataset::images, &Dataset::features, &Dataset::targets}) {
        if ((whole.*member).data()) {
            part.*member = rows_at(whole.*member, samples);
        }
    }
    part.labels.clear();
    part.names.clear();
    for (const int sample : samples) {
        if (!whole.labels.empty()) {
            part.labels.push_back(whole.labels.at(sample));
        }
        if (!whole.names.empty()) {
            part.names.push_back(whole.names.at(sample));
        }
    }
    return part;
}

}  // namespace fsd
