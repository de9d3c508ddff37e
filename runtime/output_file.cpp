// Temporary file, flush to the disk, rename.
#include "runtime/output_file.h"

#include "runtime/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string &path, const std::string &reason) {
    throw Error(ExitCode::bad_input, text("The file '", path, "' cannot be written: ", reason, "."));
}

// 0, or the system's error number.
int write_all(int file, const void *data, std::size_t size) {
    const char *next = static_cast<const char *>(data);
    while (size > 0) {
        const ssize_t written = ::write(file, next, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return errno;
        }
        next += written;
        size -= static_cast<std::size_t>(written);
    }
    return 0;
}

int close_after(int error, int file) {
    const int closed = ::close(file) == 0 ? 0 : errno;
    return error ? error : closed;
}

void write_directly(const std::string &path, const void *data, std::size_t size) {
    const int file = ::open(path.c_str(), O_WRONLY);
    if (file < 0) {
        fail(path, std::strerror(errno));
    }
    if (const int error = close_after(write_all(file, data, size), file)) {
        fail(path, std::strerror(error));
    }
}

void write_and_rename(const std::string &shown, const fs::path &path, const void *data, std::size_t size) {
    const std::string temporary = path.string() + ".part" + std::to_string(::getpid());
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) {
        fail(shown, std::strerror(errno));
    }
    int error = write_all(file, data, size);
    if (!error && ::fsync(file) != 0) {
        error = errno;
    }
    error = close_after(error, file);
    if (!error && ::rename(temporary.c_str(), path.c_str()) != 0) {
        error = errno;
    }
    if (error) {
        ::unlink(temporary.c_str());
        fail(shown, std::strerror(error));
    }
}

}  // namespace

void write_file(const std::string &path, const void *data, std::size_t size) {
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_directory(status)) {
        fail(path, "it is a directory");
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        return write_directly(path, data, size);
    }
    fs::path target = fs::weakly_canonical(path, ignored);
    write_and_rename(path, ignored ? fs::path(path) : target, data, size);
}

void write_file(const std::string &path, const std::string &contents) {
    write_file(path, contents.data(), contents.size());
}

}  // namespace fsd
