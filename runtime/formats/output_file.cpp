// All files are complete before the first one gets its name.
#include "runtime/formats/output_file.h"

#include "runtime/formats/pending_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fsd {

void write_file(const std::string &path, const void *data, std::size_t size) {
    PendingFile(path, data, size).publish();
}

void write_file(const std::string &path, const std::string &contents) {
    write_file(path, contents.data(), contents.size());
}

void write_files(const std::vector<OutputFile> &files) {
    std::vector<PendingFile> pending;
    pending.reserve(files.size());
    for (const OutputFile &file : files) {
        pending.emplace_back(file.path, file.contents.data(), file.contents.size());
    }
    for (PendingFile &file : pending) {
        file.publish();
    }
}

void check_writable(const std::string &path) {
    const OutputPlace place = output_place(path);
    if (place.kind == OutputPlace::Kind::descriptor) {
        const int flags = ::fcntl(place.descriptor, F_GETFL);
        if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) {
            refuse_output(path, std::strerror(EBADF));
        }
    } else if (place.kind == OutputPlace::Kind::device) {
        if (::faccessat(AT_FDCWD, place.path.c_str(), W_OK, AT_EACCESS) != 0) {
            refuse_output(path, std::strerror(errno));
        }
    } else {
        remove_stale_files(place.folder);
        PendingFile(path, nullptr, 0);  // and away with it
    }
}

}  // namespace fsd
