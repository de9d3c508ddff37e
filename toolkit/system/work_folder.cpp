// mkdtemp below TMPDIR.
#include "toolkit/system/work_folder.h"

#include "runtime/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

std::string parent_folder() {
    const char *named = std::getenv("TMPDIR");
    return named && *named ? named : "/tmp";
}

// Enough that a disk which takes it is not full.
constexpr std::size_t probe_bytes = 1 << 16;

// 0, or the system's number of what went wrong.
int fault_of_probe(const std::string &path) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno;
    }
    const std::vector<char> zeros(probe_bytes);
    int fault = 0;
    for (std::size_t done = 0; done < zeros.size() && fault == 0;) {
        const ssize_t written = write(file, zeros.data() + done, zeros.size() - done);
        fault = written < 0 ? errno : 0;
        done += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
    close(file);
    unlink(path.c_str());
    return fault;
}

}  // namespace

WorkFolder::WorkFolder(const std::string &name) : path_(parent_folder() + "/" + name + "-XXXXXX") {
    if (!mkdtemp(path_.data())) {
        throw Error(ExitCode::unsupported, text("No folder for temporary files can be made in '",
                                                parent_folder(), "': ", std::strerror(errno),
                                                ". The environment variable TMPDIR names another place."));
    }
}

std::vector<std::string> WorkFolder::files() const {
    std::vector<std::string> all;
    for (const fs::directory_entry &entry : fs::directory_iterator(path_)) {
        all.push_back(entry.path().string());
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::string WorkFolder::trouble() const {
    const int fault = fault_of_probe(file("probe"));
    return fault == 0
               ? ""
               : text("Temporary files cannot be written in '", parent_folder(), "': ", std::strerror(fault),
                      ". The environment variable TMPDIR names another place.");
}

void WorkFolder::remove() noexcept {
    std::error_code error;
    fs::remove_all(path_, error);
    if (error) {  // once more: what disturbed the first time may be over
        fs::remove_all(path_, error);
    }
}

}  // namespace fsd
