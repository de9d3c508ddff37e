// Looks at the ends of names, since people keep what stands before them.
#include "toolkit/datasets/idx_names.h"

#include "runtime/error.h"

#include <algorithm>
#include <vector>

namespace fsd {
namespace {

namespace fs = std::filesystem;

bool ends_with(const std::string &name, const std::string &ending) {
    return name.size() >= ending.size() &&
           name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

// The names that files of the split's images or labels end with, as MNIST and EMNIST are published.
std::vector<std::string> endings_of(Split split, const std::string &what, int axes) {
    const std::vector<std::string> names = split == Split::train ? std::vector<std::string>{"train-"}
                                                                 : std::vector<std::string>{"t10k-", "test-"};
    std::vector<std::string> endings;
    for (const std::string &name : names) {
        for (const char *separator : {"-", "."}) {
            for (const char *packing : {"", ".gz"}) {
                endings.push_back(text(name, what, separator, "idx", axes, "-ubyte", packing));
            }
        }
    }
    return endings;
}

// `name` with the last `from` replaced by `to`; unchanged where there is none.
std::string replace_last(std::string name, const std::string &from, const std::string &to) {
    const std::size_t place = name.rfind(from);
    return place == std::string::npos ? name : name.replace(place, from.size(), to);
}

}  // namespace

std::string find_idx_file(const std::string &folder, Split split, const std::string &what, int axes) {
    std::vector<std::string> names;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        std::error_code error;  // a circle of links is no file
        if (entry.is_regular_file(error)) {
            names.push_back(entry.path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    for (const std::string &ending : endings_of(split, what, axes)) {
        std::string found;
        for (const std::string &name : names) {
            if (!ends_with(name, ending)) {
                continue;
            }
            if (!found.empty()) {
                throw Error(ExitCode::bad_input, text("The folder ", folder, " holds several sets, ", found,
                                                      " and ", name, "; put each into a folder of its own."));
            }
            found = name;
        }
        if (!found.empty()) {
            return (fs::path(folder) / found).string();
        }
    }
    return "";
}

std::string need_idx_file(const std::string &folder, Split split, const std::string &what, int axes) {
    std::string file = find_idx_file(folder, split, what, axes);
    if (file.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The folder ", folder, " holds MNIST files, but not those of the ", to_string(split),
                         " split: expected ", split == Split::train ? "train-" : "t10k-", what, "-idx", axes,
                         "-ubyte or the same with .gz."));
    }
    return file;
}

std::string other_idx_split(const std::string &labels) {
    const fs::path file(labels);
    const std::string name = file.filename().string();
    for (const auto &[one, other] : {std::pair("train-", "t10k-"), std::pair("train-", "test-"),
                                     std::pair("t10k-", "train-"), std::pair("test-", "train-")}) {
        const fs::path candidate = file.parent_path() / replace_last(name, one, other);
        if (candidate != file && fs::is_regular_file(candidate)) {
            return candidate.string();
        }
    }
    return "";
}

fs::path idx_labels_beside(const fs::path &images) {
    const std::string name = images.filename().string();
    const std::string labels = replace_last(replace_last(name, "images", "labels"), "idx3", "idx1");
    return labels == name ? fs::path() : images.parent_path() / labels;
}

bool is_emnist_name(const std::string &path) {
    return fs::path(path).filename().string().compare(0, 6, "emnist") == 0;
}

}  // namespace fsd
