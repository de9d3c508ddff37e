// Files are told apart by device and inode; those that do not exist yet by their folder's and their name.
#include "toolkit/system/file_roles.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/output_place.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>

namespace fsd {
namespace {

namespace fs = std::filesystem;

// Device, inode, name in that folder where it is the folder's inode.
using Identity = std::tuple<dev_t, ino_t, std::string>;

std::optional<Identity> identity_of_input(const std::string &path) {
    struct stat about {};
    const bool is_file = ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
    return is_file ? std::optional<Identity>({about.st_dev, about.st_ino, ""}) : std::nullopt;
}

std::optional<Identity> identity_of_output(const OutputPlace &place) {
    if (place.kind == OutputPlace::Kind::descriptor) {
        return Identity{0, static_cast<ino_t>(place.descriptor), "descriptor"};
    }
    if (place.kind == OutputPlace::Kind::device) {
        return std::nullopt;
    }
    if (place.exists) {
        return Identity{place.about.st_dev, place.about.st_ino, ""};
    }
    struct stat folder {};
    if (::stat(place.folder.c_str(), &folder) != 0) {
        return std::nullopt;
    }
    return Identity{folder.st_dev, folder.st_ino, place.name};
}

void check_ending(const FileRole &output, const OutputPlace &place) {
    const std::string ending = ending_of(output.path);
    const std::vector<std::string> &known = output.endings;
    if (place.kind != OutputPlace::Kind::file || ending.empty() || known.empty() ||
        std::find(known.begin(), known.end(), ending) != known.end()) {
        return;
    }
    std::string list;
    for (const std::string &format : known) {
        list += (list.empty() ? "" : " or ") + format;
    }
    throw Error(ExitCode::usage, text("What ", output.role, " writes is ", list, ", and '", output.path,
                                      "' ends with ", ending, "; name a file that ends with ", list, "."));
}

// By the name's end: what data sets and folders of images are made of.
bool may_be_data(const std::string &path) {
    static const std::set<std::string> endings = {".png", ".jpg",  ".jpeg", ".jpe", ".jfif", ".jp2", ".webp",
                                                  ".tif", ".tiff", ".bmp",  ".dib", ".pgm",  ".ppm", ".pbm",
                                                  ".pnm", ".gif",  ".npy",  ".gz",  ".bin",  ".tar", ".tgz"};
    const std::string idx = "ubyte";
    return endings.count(ending_of(path)) > 0 ||
           (path.size() >= idx.size() && path.compare(path.size() - idx.size(), idx.size(), idx) == 0);
}

// Whether the folder holds the file, at any depth.
bool holds(const std::string &folder, const std::string &file) {
    std::error_code error;
    const fs::path outer = fs::canonical(folder, error),
                   inner = error ? fs::path() : fs::canonical(file, error);
    return !error && fs::is_directory(outer, error) &&
           std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

void refuse_same(const FileRole &output, const FileRole &other) {
    throw Error(ExitCode::usage, text("The file '", output.path, "' of ", output.role, " is also that of ",
                                      other.role, "; name another file."));
}

void check_against_input(const FileRole &output, const OutputPlace &place, const FileRole &input) {
    const std::optional<Identity> identity = identity_of_output(place);
    if (identity && identity == identity_of_input(input.path)) {
        refuse_same(output, input);
    }
    const bool is_data = place.kind == OutputPlace::Kind::file && place.exists && may_be_data(place.path);
    if (is_data && holds(input.path, place.path)) {
        throw Error(ExitCode::usage,
                    text("The file '", output.path, "' of ", output.role, " is one of those in '", input.path,
                         "' (", input.role, "); name another file, or remove it first."));
    }
}

}  // namespace

std::string ending_of(const std::string &path) {
    std::string ending = fs::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

void check_outputs(const std::vector<FileRole> &inputs, const std::vector<FileRole> &outputs) {
    std::vector<std::pair<FileRole, Identity>> known;
    for (const FileRole &output : outputs) {
        if (output.path.empty()) {
            continue;
        }
        const OutputPlace place = output_place(output.path);
        for (const FileRole &input : inputs) {
            if (!input.path.empty()) {
                check_against_input(output, place, input);
            }
        }
        const std::optional<Identity> identity = identity_of_output(place);
        for (const auto &[other, other_identity] : known) {
            if (identity == other_identity) {
                refuse_same(output, other);
            }
        }
        if (identity) {
            known.emplace_back(output, *identity);
        }
        check_ending(output, place);
        check_writable(output.path);
    }
}

bool is_standard_output(const std::string &path) {
    const OutputPlace place = output_place(path);
    return place.kind == OutputPlace::Kind::descriptor && place.descriptor == STDOUT_FILENO;
}

}  // namespace fsd
