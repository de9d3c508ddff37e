// Reads and validates IDX files, plain or gzip.
#include "toolkit/datasets/idx.h"

#include "runtime/error.h"
#include "toolkit/datasets/byte_reader.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr int largest_side = 65535;

// Files of the split's images or labels as MNIST is published; empty if none is there.
std::string find_file(const std::string &folder, Split split, const std::string &what, int axes) {
    const std::string stem = (split == Split::train ? "train-" : "t10k-") + what;
    for (const char *separator : {"-", "."}) {
        for (const char *ending : {"", ".gz"}) {
            const fs::path file = fs::path(folder) / text(stem, separator, "idx", axes, "-ubyte", ending);
            if (fs::is_regular_file(file)) {
                return file.string();
            }
        }
    }
    return "";
}

std::string need_file(const std::string &folder, Split split, const std::string &what, int axes) {
    std::string file = find_file(folder, split, what, axes);
    if (file.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The folder ", folder, " holds MNIST files, but not those of the ", to_string(split),
                         " split: expected ", split == Split::train ? "train-" : "t10k-", what, "-idx", axes,
                         "-ubyte or the same with .gz."));
    }
    return file;
}

std::uint32_t big_endian(const std::uint8_t *bytes) {
    return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 | std::uint32_t(bytes[2]) << 8 |
           bytes[3];
}

// The extents in the header of a file with `axes` axes of unsigned bytes.
std::vector<std::uint32_t> read_extents(ByteReader &reader, int axes) {
    std::uint8_t magic[4];
    reader.read(magic, sizeof magic, "IDX magic number");
    if (magic[0] || magic[1] || magic[2] != 8 || magic[3] != axes) {
        throw Error(ExitCode::bad_input,
                    text("The file ", reader.path(), " is not an IDX file of bytes with ", axes,
                         axes == 1 ? " axis" : " axes", ": expected the magic number ", 0x800 + axes,
                         ", found ", big_endian(magic), "."));
    }
    std::vector<std::uint32_t> extents;
    for (int axis = 0; axis < axes; axis++) {
        std::uint8_t extent[4];
        reader.read(extent, sizeof extent, "IDX header");
        extents.push_back(big_endian(extent));
    }
    return extents;
}

Tensor read_images(const std::string &path) {
    ByteReader reader(path);
    const std::vector<std::uint32_t> extents = read_extents(reader, 3);
    const auto [smallest, largest] = std::minmax(extents[1], extents[2]);
    if (extents[0] == 0 || smallest == 0 || largest > largest_side ||
        std::uint64_t(extents[1]) * extents[2] > 0x7fffffffu / std::uint64_t(extents[0])) {
        throw Error(ExitCode::bad_input,
                    text("The file ", path, " announces ", extents[0], " images of ", extents[1], " x ",
                         extents[2], " pixels; expected at least one image and pixel, sides up to ",
                         largest_side, " and less than 2^31 pixels in all."));
    }
    const std::uint64_t bytes = std::uint64_t(extents[0]) * extents[1] * extents[2];
    reader.expect(bytes, "pixels");
    Tensor images =
        make_tensor(halide_type_of<std::uint8_t>(), {int(extents[0]), int(extents[1]), int(extents[2]), 1});
    reader.read(images.data(), bytes, "pixels");
    reader.expect_end();
    return images;
}

std::vector<int> read_labels(const std::string &path, int classes) {
    ByteReader reader(path);
    const std::uint32_t count = read_extents(reader, 1)[0];
    const std::vector<std::uint8_t> bytes = reader.read_bytes(count, "labels");
    reader.expect_end();
    const auto bad = std::find_if(bytes.begin(), bytes.end(), [=](int label) { return label >= classes; });
    if (bad != bytes.end()) {
        throw Error(ExitCode::bad_input,
                    text("The file ", path, " gives image ", bad - bytes.begin(), " the label ", int(*bad),
                         "; expected 0 to ", classes - 1, "."));
    }
    return {bytes.begin(), bytes.end()};
}

Dataset load(const std::string &images, const std::string &labels) {
    Dataset dataset;
    dataset.classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    dataset.source = "MNIST IDX file " + images;
    dataset.labels = read_labels(labels, static_cast<int>(dataset.classes.size()));
    dataset.images = read_images(images);
    const int count = shape_of(dataset.images)[0];
    if (dataset.labels.size() != static_cast<std::size_t>(count)) {
        throw Error(ExitCode::bad_input,
                    text("The files ", images, " and ", labels, " do not belong together: ", count,
                         " images, but ", dataset.labels.size(), " labels."));
    }
    return dataset;
}

// `name` with the last `from` replaced by `to`; unchanged where there is none.
std::string replace_last(std::string name, const std::string &from, const std::string &to) {
    const std::size_t place = name.rfind(from);
    return place == std::string::npos ? name : name.replace(place, from.size(), to);
}

// Where the labels of a file of images belong; empty for a name that does not tell.
fs::path labels_beside(const fs::path &images) {
    const std::string name = images.filename().string();
    const std::string labels = replace_last(replace_last(name, "images", "labels"), "idx3", "idx1");
    return labels == name ? fs::path() : images.parent_path() / labels;
}

}  // namespace

bool is_idx_folder(const std::string &folder) {
    constexpr std::array splits = {Split::train, Split::test};
    return std::any_of(splits.begin(), splits.end(), [&](Split split) {
        return !find_file(folder, split, "images", 3).empty() ||
               !find_file(folder, split, "labels", 1).empty();
    });
}

bool is_idx_images(const std::string &file) {
    ByteReader reader(file);
    std::uint8_t magic[4] = {};
    return reader.read_some(magic, sizeof magic) == sizeof magic && big_endian(magic) == 0x803;
}

Dataset load_idx_folder(const std::string &folder, Split split) {
    const std::string images = need_file(folder, split, "images", 3);
    return load(images, need_file(folder, split, "labels", 1));
}

bool has_idx_labels(const std::string &images) {
    return fs::is_regular_file(labels_beside(images));
}

Tensor load_idx_images(const std::string &images) {
    return read_images(images);
}

Dataset load_idx_file(const std::string &images) {
    const fs::path labels = labels_beside(images);
    if (!fs::is_regular_file(labels)) {
        const std::string name = labels.filename().string();
        throw Error(ExitCode::bad_input,
                    text("The labels of ", images, " were not found: expected the file ",
                         name.empty() ? "<name with 'labels' for 'images'>" : name, " in the same folder."));
    }
    Dataset dataset = load(images, labels.string());
    dataset.split = false;
    return dataset;
}

}  // namespace fsd
