// O_TMPFILE and linkat, or O_EXCL; owner and mode of what is replaced; rename; fsync of file and folder.
#include "runtime/formats/pending_file.h"

#include "runtime/formats/write_all.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

namespace fsd {
namespace {

constexpr const char *prefix = ".fsdnet-", *suffix = ".part";
constexpr std::size_t digits = 16;
constexpr std::time_t stale_after = 3600;  // seconds

// Short, so that it fits wherever the target's name fits.
std::string unpredictable_name() {
    std::uint64_t number = 0;
    if (::getrandom(&number, sizeof number, 0) != sizeof number) {
        number = static_cast<std::uint64_t>(::getpid()) << 32 ^ static_cast<std::uint64_t>(std::clock());
    }
    std::array<char, digits + 1> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
    return prefix + std::string(text.data()) + suffix;
}

bool is_ours(const std::string &name) {
    const std::size_t before = std::strlen(prefix);
    return name.size() == before + digits + std::strlen(suffix) && name.compare(0, before, prefix) == 0 &&
           name.compare(before + digits, std::string::npos, suffix) == 0 &&
           name.find_first_not_of("0123456789abcdef", before) == before + digits;
}

// Without /proc a file cannot be given a name afterwards.
int open_without_name(const std::string &folder, mode_t mode) {
    if (::access("/proc/self/fd", X_OK) != 0) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}

// Whether the error says that the file system knows no files without names.
bool lacks_nameless_files(int error) {
    return error == EOPNOTSUPP || error == EISDIR || error == EINVAL || error == ENOENT;
}

bool forbids_new_files(int error) {
    return error == EACCES || error == EPERM || error == EROFS;
}

// Not all file systems can do it; then the name is as safe as they make it.
void bring_folder_to_disk(const std::string &folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

}  // namespace

PendingFile::PendingFile(const std::string &path, const void *data, std::size_t size)
    : place_(output_place(path)), data_(data), size_(size) {
    if (place_.kind != OutputPlace::Kind::file) {
        return;
    }
    if (place_.exists && ::faccessat(AT_FDCWD, place_.path.c_str(), W_OK, AT_EACCESS) != 0) {
        refuse_output(path, std::strerror(errno));
    }
    if (!create()) {
        return;
    }
    int error = write_all(file_, data, size);
    if (!error && ::fsync(file_) != 0) {
        error = errno;
    }
    if (error) {
        discard();
        refuse_output(path, std::strerror(error));
    }
}

PendingFile::~PendingFile() {
    discard();
}

PendingFile::PendingFile(PendingFile &&other) noexcept
    : place_(std::move(other.place_)),
      data_(other.data_),
      size_(other.size_),
      file_(std::exchange(other.file_, -1)),
      temporary_(std::exchange(other.temporary_, {})) {}

std::string PendingFile::temporary_path() const {
    return place_.folder + "/" + temporary_;
}

// False where the file that is there has to be written in place.
bool PendingFile::create() {
    // What replaces a file is nobody else's to read before it has that file's mode.
    const mode_t mode = place_.exists ? 0600 : 0666;
    file_ = open_without_name(place_.folder, mode);
    if (file_ < 0 && lacks_nameless_files(errno)) {
        temporary_ = unpredictable_name();
        file_ = ::open(temporary_path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    }
    if (file_ < 0) {
        const int error = errno;
        temporary_.clear();
        if (!place_.exists || !forbids_new_files(error)) {
            refuse_output(place_.shown, std::strerror(error));
        }
        return false;
    }
    if (place_.exists && !take_owner_and_mode()) {
        discard();
        return false;
    }
    return true;
}

bool PendingFile::take_owner_and_mode() const {
    struct stat own {};
    if (::fstat(file_, &own) != 0) {
        return false;
    }
    const bool same = own.st_uid == place_.about.st_uid && own.st_gid == place_.about.st_gid;
    return (same || ::fchown(file_, place_.about.st_uid, place_.about.st_gid) == 0) &&
           ::fchmod(file_, place_.about.st_mode & 07777) == 0;
}

void PendingFile::publish() {
    if (place_.kind == OutputPlace::Kind::file && file_ >= 0) {
        give_name();
        bring_folder_to_disk(place_.folder);
    } else {
        write_in_place();
    }
}

void PendingFile::give_name() {
    if (temporary_.empty()) {
        const std::string own = "/proc/self/fd/" + std::to_string(file_);
        const auto link_to = [&](const std::string &path) {
            return ::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
        };
        if (!place_.exists && link_to(place_.path)) {
            return;
        }
        temporary_ = unpredictable_name();
        if (!link_to(temporary_path())) {
            temporary_.clear();
            refuse_output(place_.shown, std::strerror(errno));
        }
    }
    rename_over();
}

// A mount point, as containers make of single files, is busy: nothing else can take its name.
void PendingFile::rename_over() {
    if (::rename(temporary_path().c_str(), place_.path.c_str()) == 0) {
        temporary_.clear();
        return;
    }
    const int error = errno;
    discard();
    if (error != EBUSY) {
        refuse_output(place_.shown, std::strerror(error));
    }
    write_in_place();
}

void PendingFile::write_in_place() const {
    const int error = place_.kind == OutputPlace::Kind::descriptor
                          ? write_all(place_.descriptor, data_, size_)
                          : overwrite(place_.path, data_, size_);
    if (error) {
        refuse_output(place_.shown, std::strerror(error));
    }
}

void PendingFile::discard() {
    if (!temporary_.empty()) {
        ::unlink(temporary_path().c_str());
        temporary_.clear();
    }
    if (file_ >= 0) {
        ::close(std::exchange(file_, -1));
    }
}

void remove_stale_files(const std::string &folder) {
    DIR *const entries = ::opendir(folder.c_str());
    if (!entries) {
        return;
    }
    while (const dirent *entry = ::readdir(entries)) {
        struct stat about {};
        if (is_ours(entry->d_name) &&
            ::fstatat(::dirfd(entries), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(about.st_mode) && about.st_uid == ::geteuid() &&
            about.st_mtime < std::time(nullptr) - stale_after) {
            ::unlinkat(::dirfd(entries), entry->d_name, 0);
        }
    }
    ::closedir(entries);
}

}  // namespace fsd
