// Links are followed one by one, as the last part of a path that does not exist yet has no canonical form.
#include "runtime/formats/output_place.h"

#include "runtime/file_error.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace fsd {
namespace {

constexpr int most_links = 40;  // as many as Linux follows

// The path's own entry, without following a link. False where there is none.
bool look(const OutputPlace &place, struct stat &about) {
    if (::lstat(place.path.c_str(), &about) == 0) {
        return true;
    }
    if (errno != ENOENT) {
        refuse_output(place.shown, std::strerror(errno));
    }
    return false;
}

void split(OutputPlace &place) {
    const std::size_t slash = place.path.rfind('/');
    place.name = slash == std::string::npos ? place.path : place.path.substr(slash + 1);
    place.folder = slash == std::string::npos ? "." : slash == 0 ? "/" : place.path.substr(0, slash);
    if (place.name.empty()) {
        refuse_output(place.shown, "it names no file");
    }
}

// N of /dev/fd/N and its other names; -1 for other paths.
int descriptor_of(const std::string &path) {
    for (const char *folder : {"/dev/fd/", "/proc/self/fd/"}) {
        const std::string digits = path.compare(0, std::strlen(folder), folder) == 0
                                       ? path.substr(std::strlen(folder))
                                       : std::string();
        if (!digits.empty() && digits.size() < 7 &&
            digits.find_first_not_of("0123456789") == std::string::npos) {
            return std::stoi(digits);
        }
    }
    return path == "-" || path == "/dev/stdout" ? STDOUT_FILENO : path == "/dev/stderr" ? STDERR_FILENO : -1;
}

std::string target_of(const OutputPlace &place) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlink(place.path.c_str(), target.data(), target.size());
    if (length < 0) {
        refuse_output(place.shown, std::strerror(errno));
    }
    const std::string relative(target.data(), static_cast<std::size_t>(length));
    return relative.compare(0, 1, "/") == 0 ? relative : place.folder + "/" + relative;
}

// Everybody may make files in the folder, and only their owners may remove them: /tmp.
void refuse_planted(const OutputPlace &place, const struct stat &about, const char *what) {
    struct stat folder {};
    const bool shared = ::stat(place.folder.c_str(), &folder) == 0 && (folder.st_mode & S_ISVTX) != 0 &&
                        (folder.st_mode & S_IWOTH) != 0;
    if (shared && about.st_uid != ::geteuid() && about.st_uid != folder.st_uid) {
        refuse_output(place.shown, text("there is a ", what,
                                        " of another user in a folder that all may "
                                        "write to; name another file"));
    }
}

void classify(OutputPlace &place, const struct stat &about) {
    place.exists = true;
    place.about = about;
    if (S_ISDIR(about.st_mode)) {
        refuse_output(place.shown, "it is a directory");
    }
    if (S_ISBLK(about.st_mode)) {
        refuse_output(place.shown, "it is a block device");
    }
    if (!S_ISREG(about.st_mode)) {
        place.kind = OutputPlace::Kind::device;
    }
    if (!S_ISCHR(about.st_mode)) {
        refuse_planted(place, about, "file");
    }
}

}  // namespace

OutputPlace output_place(const std::string &path) {
    OutputPlace place;
    place.shown = place.path = path;
    for (int links = 0; links <= most_links; links++) {
        place.descriptor = descriptor_of(place.path);
        if (place.descriptor >= 0) {
            place.kind = OutputPlace::Kind::descriptor;
            return place;
        }
        split(place);
        struct stat about {};
        if (!look(place, about)) {
            return place;
        }
        if (!S_ISLNK(about.st_mode)) {
            classify(place, about);
            return place;
        }
        refuse_planted(place, about, "link");
        place.path = target_of(place);
    }
    refuse_output(path, "its links lead in a circle");
}

void refuse_output(const std::string &path, const std::string &reason) {
    throw FileError(text("The file '", path, "' cannot be written: ", reason, "."));
}

}  // namespace fsd
