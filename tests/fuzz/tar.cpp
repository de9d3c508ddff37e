// An archive, plain or gzip: its entries with their contents, then as a data set. Where the first byte is
// odd, the checksums of all headers are put right, so that what lies behind them is reached.
#include "toolkit/datasets/tar.h"
#include "tests/fuzz/input.h"
#include "toolkit/datasets/image_archive.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string_view>

namespace {

constexpr std::ptrdiff_t block = 512, checksum = 148, checksum_size = 8, magic = 257;

void repair_checksums(fuzz::Bytes &archive) {
    for (auto header = archive.begin(); archive.end() - header >= block; header += block) {
        if (std::string_view(reinterpret_cast<const char *>(&header[magic]), 5) != "ustar") {
            continue;
        }
        std::fill_n(header + checksum, checksum_size, ' ');
        char digits[checksum_size];
        std::snprintf(digits, sizeof digits, "%06o", std::accumulate(header, header + block, 0U));
        std::copy_n(digits, checksum_size - 1, header + checksum);
    }
}

void read_entries(const std::string &path) {
    fuzz::require(fsd::is_image_archive(path) || !fsd::is_tar(path), "a tar archive is one of images");
    fsd::TarReader reader(path);
    bool whole = true;  // every other content is passed over
    for (fsd::TarReader::Entry entry; reader.next(entry); whole = !whole) {
        if (whole) {
            using Kind = fsd::TarReader::Kind;
            const bool is_link = entry.kind == Kind::hard_link || entry.kind == Kind::symbolic_link;
            fuzz::require(reader.content(1 << 20).size() == (is_link ? 0 : entry.size),
                          "a content is as long as its header says, and that of a link empty");
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size < 1) {
        return 0;
    }
    const std::string path = fuzz::as_repaired_file(data, size, repair_checksums);
    fuzz::accepted([&] { read_entries(path); });
    fuzz::accepted([&] { fsd::load_image_archive(path, fsd::Split::train, {}); });
    return 0;
}
