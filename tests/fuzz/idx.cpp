// MNIST's files: images alone, where the input begins as such a file does, plain or gzip; else images with
// labels (the first two bytes say where the labels begin), as EMNIST's where the first bit is set.
#include "toolkit/datasets/idx.h"
#include "tests/fuzz/input.h"

#include <algorithm>
#include <filesystem>

namespace {

void read_images(const std::uint8_t *data, std::size_t size) {
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] {
        if (fsd::is_idx_images(path)) {
            fsd::load_idx_images(path);
        }
    });
    fuzz::accepted([&] { fsd::load_idx_file(path); });  // whose name does not say where labels are
}

// A folder of its own for each set, with the labels of the other split for EMNIST, whose classes come from
// both.
std::string prefix_of(bool emnist) {
    static const std::string mnist_set = fuzz::folder() + "/mnist", emnist_set = fuzz::folder() + "/emnist";
    static const bool made = [] {
        std::filesystem::create_directory(mnist_set);
        std::filesystem::create_directory(emnist_set);
        const fuzz::Bytes labels = {0, 0, 8, 1, 0, 0, 0, 1, 11};
        fuzz::write_to(emnist_set + "/emnist-x-train-labels-idx1-ubyte", labels.data(), labels.size());
        return true;
    }();
    return made && emnist ? emnist_set + "/emnist-x-test" : mnist_set + "/t10k";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size > 1 && ((data[0] == 0 && data[1] == 0) || (data[0] == 0x1f && data[1] == 0x8b))) {
        read_images(data, size);
        return 0;
    }
    if (size > 2) {
        const std::size_t labels = std::min<std::size_t>(size - 2, (data[0] & 0x7f) << 8 | data[1]);
        const std::string prefix = prefix_of(data[0] & 0x80), images = prefix + "-images-idx3-ubyte";
        fuzz::write_to(images, data + 2 + labels, size - 2 - labels);
        fuzz::write_to(prefix + "-labels-idx1-ubyte", data + 2, labels);
        fuzz::accepted([&] {
            const std::string folder = std::filesystem::path(images).parent_path();
            fuzz::require(fsd::is_idx_folder(folder) && fsd::has_idx_labels(images),
                          "names say what is there");
            const fsd::Dataset dataset = fsd::load_idx_folder(folder, fsd::Split::test);
            fuzz::require(dataset.labels.size() == static_cast<std::size_t>(dataset.count()),
                          "one label per image");
            fuzz::require(fsd::load_idx_file(images).labels == dataset.labels,
                          "a file is what its folder is");
        });
    }
    return 0;
}
