// Walks the folder in the order of names.
#include "toolkit/datasets/image_folder.h"

#include "runtime/error.h"
#include "toolkit/datasets/image_collection.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace fsd {
namespace {

namespace fs = std::filesystem;

std::vector<std::uint8_t> content_of(const fs::path &file) {
    std::ifstream stream(file, std::ios::binary);
    std::vector<std::uint8_t> bytes(fs::file_size(file));
    if (!stream.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()))) {
        throw Error(ExitCode::bad_input, text("Cannot read the file ", file.string(), "."));
    }
    return bytes;
}

}  // namespace

Dataset load_image_folder(const std::string &folder, Split split, const ImageFormat &format) {
    std::vector<fs::path> files;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    ImageCollection collection("the folder " + folder, split, format);
    for (const fs::path &file : files) {
        const std::string path = file.lexically_relative(folder).string();
        if (collection.wants(path)) {
            collection.add(path, content_of(file));
        }
    }
    return collection.finish();
}

}  // namespace fsd
