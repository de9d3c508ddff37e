// All files below a folder, and what stood in the way.
#pragma once

#include <string>
#include <vector>

namespace fsd {

struct FileTree {
    struct Fault {
        std::string path;
        std::string sentence;
    };

    // All but folders, sorted; links are followed. What is no regular file is found out where it is opened.
    std::vector<std::string> files;
    // Hidden and system folders, which are passed over with all in them, and hidden files with an image's
    // name.
    std::vector<std::string> ignored;
    // Folders that cannot be read, links that lead nowhere or back to a folder above them, folders more than
    // 64 deep.
    std::vector<Fault> faults;
};

// `folder` itself may be hidden. Never throws for what it finds.
FileTree files_below(const std::string &folder);

// True for names that begin with a dot, and for what systems leave behind (__MACOSX, @eaDir, lost+found,
// ...).
bool is_hidden_name(const std::string &name);

// "Ignored in <where>: ..." about paths that were passed over.
std::string ignored_sentence(const std::string &where, const std::vector<std::string> &ignored);

}  // namespace fsd
