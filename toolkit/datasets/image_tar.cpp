// Decodes the archive's images as they stream by.
#include "toolkit/datasets/image_tar.h"

#include "toolkit/datasets/image_collection.h"
#include "toolkit/datasets/tar.h"

namespace fsd {

constexpr std::uint64_t largest_image = 64 << 20;

Dataset load_image_tar(const std::string &file, Split split, const ImageFormat &format) {
    ImageCollection collection("the tar archive " + file, split, format);
    TarReader reader(file);
    for (TarReader::Entry entry; reader.next(entry);) {
        if (collection.wants(entry.name)) {
            collection.add(entry.name, reader.content(largest_image));
        }
    }
    return collection.finish();
}

}  // namespace fsd
