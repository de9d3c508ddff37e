// write() in a loop, with the signal of the file size limit held back.
#include "runtime/formats/write_all.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>

namespace fsd {
namespace {

// Holds SIGXFSZ back from this thread, which is the one that it is sent to; without that, a write beyond the
// limit ends the process instead of failing.
class WithoutSizeSignal {
public:
    WithoutSizeSignal() {
        sigemptyset(&signal_);
        sigaddset(&signal_, SIGXFSZ);
        sigset_t pending;
        sigpending(&pending);
        was_pending_ = sigismember(&pending, SIGXFSZ) == 1;
        pthread_sigmask(SIG_BLOCK, &signal_, &before_);
    }
    ~WithoutSizeSignal() {
        const timespec at_once{};
        while (!was_pending_ && sigtimedwait(&signal_, nullptr, &at_once) < 0 && errno == EINTR) {}
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    WithoutSizeSignal(const WithoutSizeSignal &) = delete;
    WithoutSizeSignal &operator=(const WithoutSizeSignal &) = delete;

private:
    sigset_t signal_{}, before_{};
    bool was_pending_ = false;
};

int close_after(int error, int descriptor) {
    const int closed = ::close(descriptor) == 0 ? 0 : errno;
    return error ? error : closed;
}

// Room for `size` bytes, before any is changed. File systems that cannot tell are left to fail later.
int make_room(int descriptor, std::size_t size) {
    const WithoutSizeSignal quiet;
    const int error = size > 0 ? ::posix_fallocate(descriptor, 0, static_cast<off_t>(size)) : 0;
    return error == ENOSPC || error == EFBIG ? error : 0;
}

int replace_contents(int descriptor, const void *data, std::size_t size) {
    int error = make_room(descriptor, size);
    error = error ? error : write_all(descriptor, data, size);
    if (!error && (::ftruncate(descriptor, static_cast<off_t>(size)) != 0 || ::fsync(descriptor) != 0)) {
        error = errno;
    }
    return error;
}

}  // namespace

int write_all(int descriptor, const void *data, std::size_t size) {
    const WithoutSizeSignal quiet;
    const auto *next = static_cast<const char *>(data);
    while (size > 0) {
        const ssize_t written = ::write(descriptor, next, size);
        if (written < 0 && errno == EAGAIN) {
            pollfd ready{descriptor, POLLOUT, 0};
            ::poll(&ready, 1, -1);
            continue;
        }
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        if (written > 0) {
            next += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    return 0;
}

int overwrite(const std::string &path, const void *data, std::size_t size) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
    struct stat about {};
    if (descriptor < 0) {
        return errno;
    }
    const bool is_file = ::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
    return close_after(is_file ? replace_contents(descriptor, data, size) : write_all(descriptor, data, size),
                       descriptor);
}

int append_to_file(const std::string &path, const std::string &bytes) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    return descriptor < 0 ? errno
                          : close_after(write_all(descriptor, bytes.data(), bytes.size()), descriptor);
}

}  // namespace fsd
