// Goes down folder by folder and remembers the folders above, so that no circle of links is endless.
#include "toolkit/datasets/file_tree.h"

#include "runtime/error.h"
#include "toolkit/image_files/image_name.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 64, most_entries = 100000000;

class Walk {
public:
    FileTree tree;

    void folder(const std::string &path) {
        struct stat about {};
        if (::stat(path.c_str(), &about) != 0) {
            return fault(path, text("The folder '", path, "' cannot be read: ", std::strerror(errno), "."));
        }
        const bool is_above = std::any_of(above_.begin(), above_.end(), [&](const struct stat &one) {
            return one.st_dev == about.st_dev && one.st_ino == about.st_ino;
        });
        if (is_above) {
            return fault(path, text("The link '", path, "' leads back to a folder above it; take it away."));
        }
        if (above_.size() > deepest) {
            return fault(path, text("The folder '", path, "' is more than ", deepest,
                                    " folders deep, which is not read."));
        }
        above_.push_back(about);
        entries(path);
        above_.pop_back();
    }

private:
    void fault(const std::string &path, const std::string &sentence) {
        tree.faults.push_back({path, sentence});
    }

    void entries(const std::string &path) {
        std::error_code error;
        std::vector<std::string> names;
        fs::directory_iterator list(path, error);
        for (; !error && list != fs::directory_iterator(); list.increment(error)) {
            names.push_back(list->path().filename().string());
        }
        if (error) {
            fault(path, text("The folder '", path, "' cannot be read: ", error.message(), "."));
        }
        std::sort(names.begin(), names.end());
        for (const std::string &name : names) {
            if (++seen_ > most_entries) {
                return;
            }
            entry((fs::path(path) / name).string(), name);
        }
    }

    void entry(const std::string &path, const std::string &name) {
        struct stat about {};
        const bool is_there = ::stat(path.c_str(), &about) == 0;
        if (is_hidden_name(name)) {
            if (has_image_name(name) || (is_there && S_ISDIR(about.st_mode))) {
                tree.ignored.push_back(path);
            }
        } else if (!is_there) {
            fault(path, errno == ENOENT ? text("The link '", path, "' leads nowhere.")
                                        : text("'", path, "' cannot be read: ", std::strerror(errno), "."));
        } else if (S_ISDIR(about.st_mode)) {
            folder(path);
        } else {
            tree.files.push_back(path);
        }
        if (seen_ == most_entries) {
            fault(path, text("At '", path, "' the folder holds ", most_entries, " files; no more are read."));
        }
    }

    std::vector<struct stat> above_;
    std::size_t seen_ = 0;
};

}  // namespace

FileTree files_below(const std::string &folder) {
    Walk walk;
    walk.folder(folder);
    std::sort(walk.tree.files.begin(), walk.tree.files.end());
    return std::move(walk.tree);
}

bool is_hidden_name(const std::string &name) {
    constexpr std::array<std::string_view, 9> system = {
        "__MACOSX",  "__pycache__", "@eaDir",       "@Recycle",
        "#recycle",  "#snapshot",   "$RECYCLE.BIN", "System Volume Information",
        "lost+found"};
    return (name[0] == '.' && name != "..") || std::find(system.begin(), system.end(), name) != system.end();
}

std::string ignored_sentence(const std::string &where, const std::vector<std::string> &ignored) {
    return text("Ignored in ", where, ": ", ignored.size(),
                ignored.size() == 1 ? " hidden or system entry ('"
                                    : " hidden or system entries (the first: '",
                ignored.front(), "').");
}

}  // namespace fsd
