// Files for readers, and their answers.
#include "tests/fuzz/input.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace fuzz {

std::string as_file(const std::uint8_t *data, std::size_t size) {
    static const int file = memfd_create("input", 0);
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    return "/proc/self/fd/" + std::to_string(file);
}

std::string as_repaired_file(const std::uint8_t *data, std::size_t size,
                             const std::function<void(Bytes &)> &repair) {
    Bytes bytes(data + 1, data + size);
    if (data[0] % 2) {
        repair(bytes);
    }
    return as_file(bytes.data(), bytes.size());
}

namespace {

class Folder {
public:
    Folder() {
        const std::filesystem::path memory = "/dev/shm";
        std::string pattern =
            (exists(memory) ? memory : std::filesystem::temp_directory_path()) / "fsdnet-fuzz-XXXXXX";
        if (!mkdtemp(pattern.data())) {
            std::abort();
        }
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    const std::string &path() const { return path_; }

private:
    std::string path_;
};

}  // namespace

std::string folder() {
    static const Folder made;
    return made.path();
}

void write_to(const std::string &path, const std::uint8_t *data, std::size_t size) {
    std::ofstream file(path, std::ios::binary);
    if (!file.write(reinterpret_cast<const char *>(data), static_cast<std::streamsize>(size)).flush()) {
        std::abort();
    }
}

bool accepted(const std::function<void()> &action) {
    try {
        action();
        return true;
    } catch (const fsd::Error &error) {
        if (error.code() == fsd::ExitCode::bad_input || error.code() == fsd::ExitCode::unsupported) {
            return false;
        }
        std::fprintf(stderr, "Refused with code %d: %s\n", static_cast<int>(error.code()), error.what());
        std::abort();
    }
}

void require(bool holds, const char *law) {
    if (!holds) {
        std::fprintf(stderr, "This does not hold: %s\n", law);
        std::abort();
    }
}

}  // namespace fuzz
