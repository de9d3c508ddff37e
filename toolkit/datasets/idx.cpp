// Reads and validates IDX files, plain or gzip.
#include "toolkit/datasets/idx.h"

#include "runtime/error.h"
#include "toolkit/datasets/byte_reader.h"
#include "toolkit/datasets/idx_names.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr int largest_side = 65535;

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

Tensor transposed(const Tensor &images) {
    const Shape shape = shape_of(images);
    Tensor result = make_tensor(images.type(), {shape[0], shape[2], shape[1], 1});
    const auto *from = static_cast<const std::uint8_t *>(images.data());
    auto *to = static_cast<std::uint8_t *>(result.data());
    for (int sample = 0; sample < shape[0]; sample++, from += std::ptrdiff_t{shape[1]} * shape[2]) {
        for (int x = 0; x < shape[2]; x++) {
            for (int y = 0; y < shape[1]; y++) {
                *to++ = from[std::ptrdiff_t{y} * shape[2] + x];
            }
        }
    }
    return result;
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
    return is_emnist_name(path) ? transposed(images) : images;
}

std::vector<int> read_labels(const std::string &path) {
    ByteReader reader(path);
    const std::uint32_t count = read_extents(reader, 1)[0];
    const std::vector<std::uint8_t> bytes = reader.read_bytes(count, "labels");
    reader.expect_end();
    return {bytes.begin(), bytes.end()};
}

// Ten digits, or where there are more labels, as in EMNIST, one class for each number up to the largest that
// either split has.
std::vector<std::string> classes_of(const std::string &labels_file, const std::vector<int> &labels) {
    int largest = 9;
    const auto look_at = [&](const std::vector<int> &some) {
        largest = some.empty() ? largest : std::max(largest, *std::max_element(some.begin(), some.end()));
    };
    look_at(labels);
    const std::string other = other_idx_split(labels_file);
    if (!other.empty()) {
        look_at(read_labels(other));
    }
    std::vector<std::string> classes;
    for (int label = 0; label <= largest; label++) {
        classes.push_back(std::to_string(label));
    }
    return classes;
}

Dataset load(const std::string &images, const std::string &labels) {
    Dataset dataset;
    dataset.source = text(is_emnist_name(images) ? "EMNIST" : "MNIST", " IDX file ", images);
    dataset.labels = read_labels(labels);
    dataset.classes = classes_of(labels, dataset.labels);
    dataset.images = read_images(images);
    if (is_emnist_name(images)) {
        dataset.notes.push_back(text("The images of ", images,
                                     " are stored with rows and columns exchanged, as EMNIST's "
                                     "are; they are read upright."));
    }
    const int count = shape_of(dataset.images)[0];
    if (dataset.labels.size() != static_cast<std::size_t>(count)) {
        throw Error(ExitCode::bad_input,
                    text("The files ", images, " and ", labels, " do not belong together: ", count,
                         " images, but ", dataset.labels.size(), " labels."));
    }
    return dataset;
}

}  // namespace

bool is_idx_folder(const std::string &folder) {
    constexpr std::array splits = {Split::train, Split::test};
    return std::any_of(splits.begin(), splits.end(), [&](Split split) {
        return !find_idx_file(folder, split, "images", 3).empty() ||
               !find_idx_file(folder, split, "labels", 1).empty();
    });
}

bool is_idx_images(const std::string &file) {
    ByteReader reader(file);
    std::uint8_t magic[4] = {};
    return reader.read_some(magic, sizeof magic) == sizeof magic && big_endian(magic) == 0x803;
}

Dataset load_idx_folder(const std::string &folder, Split split) {
    const std::string images = need_idx_file(folder, split, "images", 3);
    return load(images, need_idx_file(folder, split, "labels", 1));
}

bool has_idx_labels(const std::string &images) {
    return fs::is_regular_file(idx_labels_beside(images));
}

Tensor load_idx_images(const std::string &images) {
    return read_images(images);
}

Dataset load_idx_file(const std::string &images) {
    const fs::path labels = idx_labels_beside(images);
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
