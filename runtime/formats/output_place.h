// Where a path that is to be written leads: links followed, what is there now.
#pragma once

#include <sys/stat.h>

#include <string>

namespace fsd {

struct OutputPlace {
    enum class Kind {
        file,        // regular, or not there yet: folder + "/" + name
        device,      // a pipe or a character device: written as it comes, at `path`
        descriptor,  // one of this process: -, /dev/stdout, /dev/fd/N
    };

    std::string shown;  // as it was given
    Kind kind = Kind::file;
    std::string path;          // links followed
    std::string folder, name;  // of a file
    bool exists = false;
    struct stat about {};  // where it exists
    int descriptor = -1;
};

// Follows links, a dangling one to the file that it names. Throws FileError for a folder, a block
// device, a link or file of another user in a folder that everybody may write to (which is how files of
// others are overwritten, and why Linux refuses them as well), and for what the system does not let us see.
OutputPlace output_place(const std::string &path);

// Throws FileError: "The file 'path' cannot be written: reason."
[[noreturn]] void refuse_output(const std::string &path, const std::string &reason);

}  // namespace fsd
