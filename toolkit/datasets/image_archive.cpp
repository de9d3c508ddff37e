// Decodes the archive's images as they stream by.
#include "toolkit/datasets/image_archive.h"

#include "runtime/error.h"
#include "toolkit/datasets/archive.h"
#include "toolkit/datasets/image_collection.h"
#include "toolkit/datasets/tar.h"
#include "toolkit/image_files/image_name.h"
#include "toolkit/system/progress.h"

#include <type_traits>

namespace fsd {

constexpr std::uint64_t largest_image = 64 << 20;

namespace {

// What is unusual about an entry, or nullptr for a file.
const char *unusual(const TarReader::Entry &entry) {
    switch (entry.kind) {
    case TarReader::Kind::file:
        return nullptr;
    case TarReader::Kind::hard_link:
        return "a hard link";
    case TarReader::Kind::symbolic_link:
        return "a symbolic link";
    case TarReader::Kind::sparse:
        return "a sparse file";
    default:
        return "of an unknown kind";
    }
}

const char *unusual(const ArchiveReader::Entry &entry) {
    return entry.unusual;
}

// A folder that is a link has no image's name, and what follows a sparse file may be its table.
bool may_hold_images(const std::string &name, const std::string &what) {
    return what == "a symbolic link" || what == "a sparse file" || has_image_name(name) ||
           has_foreign_image_name(name);
}

template<typename Reader>
Dataset read_images(Reader &&reader, const std::string &source, Split split, const ImageFormat &format) {
    ImageCollection collection(source, split, format);
    for (typename std::decay_t<Reader>::Entry entry; reader.next(entry);) {
        const char *const what = unusual(entry);
        if (!what) {
            if (collection.wants(entry.name)) {
                collection.add(entry.name, reader.content(largest_image));
            }
        } else if (!collection.ignores(entry.name) && may_hold_images(entry.name, what)) {
            throw Error(ExitCode::bad_input,
                        text("The entry ", entry.name, " of ", source, " is ", what,
                             ", which is not read; unpack the archive and give the folder."));
        }
    }
    return collection.finish();
}

}  // namespace

bool is_image_archive(const std::string &file) {
    return is_archive(file) || is_tar(file);
}

Dataset load_image_archive(const std::string &file, Split split, const ImageFormat &format) {
    const Progress progress("reads images of " + file);
    return is_archive(file) ? read_images(ArchiveReader(file), "the archive " + file, split, format)
                            : read_images(TarReader(file), "the tar archive " + file, split, format);
}

}  // namespace fsd
