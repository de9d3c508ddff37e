// Decodes the archive's images as they stream by.
#include "toolkit/datasets/image_tar.h"

#include "runtime/error.h"
#include "toolkit/datasets/image_collection.h"
#include "toolkit/datasets/tar.h"
#include "toolkit/image_files/image_name.h"

namespace fsd {

constexpr std::uint64_t largest_image = 64 << 20;

namespace {

// A folder that is a link has no image's name, and what follows a sparse file may be its table.
bool may_hold_images(const TarReader::Entry &entry) {
    return entry.kind == TarReader::Kind::symbolic_link || entry.kind == TarReader::Kind::sparse ||
           has_image_name(entry.name) || has_foreign_image_name(entry.name);
}

const char *description_of(TarReader::Kind kind) {
    switch (kind) {
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

}  // namespace

Dataset load_image_tar(const std::string &file, Split split, const ImageFormat &format) {
    ImageCollection collection("the tar archive " + file, split, format);
    TarReader reader(file);
    for (TarReader::Entry entry; reader.next(entry);) {
        if (entry.kind == TarReader::Kind::file) {
            if (collection.wants(entry.name)) {
                collection.add(entry.name, reader.content(largest_image));
            }
        } else if (!collection.ignores(entry.name) && may_hold_images(entry)) {
            throw Error(ExitCode::bad_input,
                        text("The entry ", entry.name, " of the tar archive ", file, " is ",
                             description_of(entry.kind),
                             ", which is not read; unpack the archive and give the folder."));
        }
    }
    return collection.finish();
}

}  // namespace fsd
