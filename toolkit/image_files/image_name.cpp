// Endings of names.
#include "toolkit/image_files/image_name.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <initializer_list>

namespace fsd {
namespace {

bool ends_with_one_of(std::initializer_list<const char *> endings, const std::string &path) {
    std::string ending = std::filesystem::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char character) { return std::tolower(character); });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

}  // namespace

bool has_image_name(const std::string &path) {
    return ends_with_one_of({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".dib", ".pbm", ".pgm", ".ppm",
                             ".pnm", ".tif", ".tiff", ".webp"},
                            path);
}

bool has_foreign_image_name(const std::string &path) {
    return ends_with_one_of({".gif", ".apng", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k",
                             ".jpf", ".tga",  ".ico",  ".cur",  ".svg",  ".psd", ".exr", ".hdr",
                             ".pfm", ".pam",  ".pcx",  ".xpm",  ".xbm",  ".dng", ".cr2", ".cr3",
                             ".nef", ".arw",  ".orf",  ".rw2",  ".raf",  ".ras", ".eps"},
                            path);
}

}  // namespace fsd
