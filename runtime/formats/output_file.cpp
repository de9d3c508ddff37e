// Temporary file, flush to the disk, rename.
#include "runtime/formats/output_file.h"

#include "runtime/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

namespace fsd {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string &path, const std::string &reason) {
    throw Error(ExitCode::bad_input, text("The file '", path, "' cannot be written: ", reason, "."));
}

// 0, or the system's error number.
int write_all(int file, const void *data, std::size_t size) {
    const auto *next = static_cast<const char *>(data);
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

// A complete file under a temporary name, removed again unless it is renamed to the name that it is for.
class PendingFile {
public:
    PendingFile(std::string shown, fs::path target, const void *data, std::size_t size)
        : shown_(std::move(shown)),
          target_(std::move(target)),
          temporary_(target_.string() + ".part" + std::to_string(::getpid())) {
        const int file = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (file < 0) {
            fail(shown_, std::strerror(errno));
        }
        int error = write_all(file, data, size);
        if (!error && ::fsync(file) != 0) {
            error = errno;
        }
        error = close_after(error, file);
        if (error) {
            ::unlink(temporary_.c_str());
            fail(shown_, std::strerror(error));
        }
    }
    ~PendingFile() {
        if (!temporary_.empty()) {
            ::unlink(temporary_.c_str());
        }
    }
    PendingFile(PendingFile &&other) noexcept
        : shown_(std::move(other.shown_)),
          target_(std::move(other.target_)),
          temporary_(std::exchange(other.temporary_, {})) {}
    PendingFile(const PendingFile &) = delete;
    PendingFile &operator=(const PendingFile &) = delete;
    PendingFile &operator=(PendingFile &&) = delete;

    void rename() {
        if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
            fail(shown_, std::strerror(errno));
        }
        temporary_.clear();
    }

private:
    std::string shown_;
    fs::path target_;
    std::string temporary_;
};

// Empty where the path is written to directly, which it has been when this returns.
std::optional<PendingFile> begin(const std::string &path, const void *data, std::size_t size) {
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_directory(status)) {
        fail(path, "it is a directory");
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        write_directly(path, data, size);
        return std::nullopt;
    }
    const fs::path target = fs::weakly_canonical(path, ignored);
    return PendingFile(path, ignored ? fs::path(path) : target, data, size);
}

}  // namespace

void write_file(const std::string &path, const void *data, std::size_t size) {
    if (std::optional<PendingFile> pending = begin(path, data, size)) {
        pending->rename();
    }
}

void write_file(const std::string &path, const std::string &contents) {
    write_file(path, contents.data(), contents.size());
}

void write_files(const std::vector<OutputFile> &files) {
    std::vector<PendingFile> pending;
    for (const OutputFile &file : files) {
        if (std::optional<PendingFile> one = begin(file.path, file.contents.data(), file.contents.size())) {
            pending.push_back(std::move(*one));
        }
    }
    for (PendingFile &file : pending) {
        file.rename();
    }
}

void check_writable(const std::string &path) {
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_directory(status)) {
        fail(path, "it is a directory");
    }
    const bool directly = fs::exists(status) && !fs::is_regular_file(status);
    const fs::path folder = fs::weakly_canonical(fs::absolute(path), ignored).parent_path();
    if (::access(directly ? path.c_str() : folder.c_str(), directly ? W_OK : W_OK | X_OK) != 0) {
        fail(path, std::strerror(errno));
    }
}

}  // namespace fsd
