// Opens and reads with the system's calls: they say why they fail, and do not wait for a pipe's writer.
#include "runtime/formats/input_file.h"

#include "runtime/file_error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fsd {

InputFile::InputFile(const std::string &path)
    : path_(path), descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) {
        throw FileError(text(path, ": cannot be opened: ", std::strerror(errno), "."));
    }
    struct stat about {};
    if (fstat(descriptor_, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(descriptor_);
        throw FileError(
            text(path, S_ISDIR(about.st_mode) ? ": is a directory." : ": is not a regular file."));
    }
    size_ = static_cast<uint64_t>(about.st_size);
}

InputFile::~InputFile() {
    close(descriptor_);
}

void InputFile::read(uint64_t position, void *destination, std::size_t bytes) const {
    auto *place = static_cast<char *>(destination);
    while (bytes > 0) {
        const ssize_t found = pread(descriptor_, place, bytes, static_cast<off_t>(position));
        if (found < 0 && errno == EINTR) {
            continue;
        }
        if (found <= 0) {
            throw FileError(text(path_, ": cannot be read at byte ", position, ": ",
                                 found < 0 ? std::strerror(errno) : "the file ends there", "."));
        }
        place += found;
        position += static_cast<uint64_t>(found);
        bytes -= static_cast<std::size_t>(found);
    }
}

std::string InputFile::whole() const {
    std::string bytes(static_cast<std::size_t>(size_), '\0');
    read(0, bytes.data(), bytes.size());
    return bytes;
}

}  // namespace fsd
