// Walks the folder in the order of names.
#include "toolkit/datasets/image_folder.h"

#include "runtime/error.h"
#include "toolkit/datasets/file_tree.h"
#include "toolkit/datasets/image_collection.h"
#include "toolkit/image_files/read_image.h"
#include "toolkit/system/progress.h"

#include <filesystem>

namespace fsd {

namespace fs = std::filesystem;

Dataset load_image_folder(const std::string &folder, Split split, const ImageFormat &format) {
    const FileTree tree = files_below(folder);
    if (!tree.faults.empty()) {
        throw Error(ExitCode::bad_input, tree.faults.front().sentence);
    }
    ImageCollection collection("the folder " + folder, split, format);
    for (const std::string &path : tree.ignored) {
        collection.ignore(fs::path(path).lexically_relative(folder).string());
    }
    Progress progress("reads images", tree.files.size());
    for (const std::string &file : tree.files) {
        progress.advance();
        const std::string path = fs::path(file).lexically_relative(folder).string();
        if (collection.wants(path)) {
            collection.add(path, read_image_bytes(file));
        }
    }
    return collection.finish();
}

}  // namespace fsd
