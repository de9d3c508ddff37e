// Reads data_batch_*.bin or test_batch.bin in the order of their names.
#include "toolkit/datasets/cifar10.h"

#include "runtime/error.h"
#include "toolkit/datasets/byte_reader.h"

#include <algorithm>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr int side = 32;
constexpr int plane = side * side;
constexpr int record = 1 + 3 * plane;

bool is_batch(const std::string &name, Split split) {
    const std::string ending = ".bin";
    if (split == Split::test) {
        return name == "test_batch" + ending;
    }
    return name.rfind("data_batch_", 0) == 0 && name.size() > ending.size() &&
           name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

std::vector<std::string> batch_files(const std::string &folder, Split split) {
    std::vector<std::string> files;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        std::error_code error;  // a circle of links is no file
        if (entry.is_regular_file(error) && is_batch(entry.path().filename().string(), split)) {
            files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

int count_records(const std::string &file) {
    const std::uintmax_t bytes = fs::file_size(file);
    if (bytes == 0 || bytes % record != 0 || bytes / record > 0x7fffffffu / (3 * plane)) {
        throw Error(ExitCode::bad_input,
                    text("The file ", file, " is not a CIFAR-10 batch: expected a multiple of ", record,
                         " bytes, found ", bytes, "."));
    }
    return static_cast<int>(bytes / record);
}

// Appends the labels and turns planes into interleaved colors.
void read_batch(const std::string &file, int count, int classes, std::vector<int> &labels,
                std::uint8_t *pixels) {
    ByteReader reader(file);
    std::uint8_t bytes[record];
    for (int image = 0; image < count; image++) {
        reader.read(bytes, record, "images");
        if (bytes[0] >= classes) {
            throw Error(ExitCode::bad_input, text("The file ", file, " gives image ", image, " the label ",
                                                  int(bytes[0]), "; expected 0 to ", classes - 1, "."));
        }
        labels.push_back(bytes[0]);
        for (int pixel = 0; pixel < plane; pixel++) {
            for (int color = 0; color < 3; color++) {
                *pixels++ = bytes[1 + color * plane + pixel];
            }
        }
    }
    reader.expect_end();
}

}  // namespace

bool is_cifar10_folder(const std::string &folder) {
    return !batch_files(folder, Split::train).empty() || !batch_files(folder, Split::test).empty();
}

Dataset load_cifar10_folder(const std::string &folder, Split split) {
    const std::vector<std::string> files = batch_files(folder, split);
    if (files.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The folder ", folder, " holds CIFAR-10 files, but not those of the ",
                         to_string(split), " split: expected ",
                         split == Split::train ? "data_batch_1.bin and so on." : "test_batch.bin."));
    }
    std::vector<int> counts;
    std::int64_t total = 0;
    for (const std::string &file : files) {
        counts.push_back(count_records(file));
        total += counts.back();
    }
    if (total * 3 * plane > 0x7fffffff) {
        throw Error(ExitCode::bad_input, text("The folder ", folder, " holds ", total,
                                              " images; the most is ", 0x7fffffff / (3 * plane), "."));
    }
    Dataset dataset;
    dataset.classes = {"airplane", "automobile", "bird",  "cat",  "deer",
                       "dog",      "frog",       "horse", "ship", "truck"};
    dataset.source = "CIFAR-10 binary files in " + folder;
    dataset.images = make_tensor<std::uint8_t>({static_cast<int>(total), side, side, 3});
    auto *pixels = static_cast<std::uint8_t *>(dataset.images.data());
    for (std::size_t i = 0; i < files.size(); i++) {
        read_batch(files[i], counts[i], static_cast<int>(dataset.classes.size()), dataset.labels, pixels);
        pixels += static_cast<std::size_t>(counts[i]) * 3 * plane;
    }
    return dataset;
}

}  // namespace fsd
