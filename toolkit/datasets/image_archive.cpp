// Decodes the archive's images as they stream by.
#include "toolkit/datasets/image_archive.h"

#include "runtime/error.h"
#include "toolkit/datasets/archive.h"
#include "toolkit/datasets/image_collection.h"
#include "toolkit/datasets/tar.h"
#include "toolkit/image_files/image_name.h"
#include "toolkit/system/progress.h"

namespace fsd {

constexpr std::uint64_t largest_image = 64 << 20;

namespace {

const char *description_of(TarReader::Kind kind) {
    switch (kind) {
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

// A folder that is a link has no image's name, and what follows a sparse file may be its table.
bool may_hold_images(const std::string &name, const std::string &unusual) {
    return unusual == "a symbolic link" || unusual == "a sparse file" || has_image_name(name) ||
           has_foreign_image_name(name);
}

// One entry of any reader: its name, what is unusual about it or nullptr, how its content is had.
template<typename Content>
void add_entry(ImageCollection &collection, const std::string &archive, const std::string &name,
               const char *unusual, Content content) {
    if (!unusual) {
        if (collection.wants(name)) {
            collection.add(name, content());
        }
    } else if (!collection.ignores(name) && may_hold_images(name, unusual)) {
        throw Error(ExitCode::bad_input,
                    text("The entry ", name, " of ", archive, " is ", unusual,
                         ", which is not read; unpack the archive and give the folder."));
    }
}

}  // namespace

bool is_image_archive(const std::string &file) {
    return is_archive(file) || is_tar(file);
}

Dataset load_image_archive(const std::string &file, Split split, const ImageFormat &format) {
    Progress progress("reads images of " + file);
    if (is_archive(file)) {
        const std::string name = "the archive " + file;
        ImageCollection collection(name, split, format);
        ArchiveReader reader(file);
        for (ArchiveReader::Entry entry; reader.next(entry);) {
            add_entry(collection, name, entry.name, entry.unusual,
                      [&] { return reader.content(largest_image); });
        }
        return collection.finish();
    }
    const std::string name = "the tar archive " + file;
    ImageCollection collection(name, split, format);
    TarReader reader(file);
    for (TarReader::Entry entry; reader.next(entry);) {
        add_entry(collection, name, entry.name, description_of(entry.kind),
                  [&] { return reader.content(largest_image); });
    }
    return collection.finish();
}

}  // namespace fsd
