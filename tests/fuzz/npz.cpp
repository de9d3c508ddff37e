// NumPy's .npz: the arrays of a ZIP archive as a data set. Where the first byte is odd, the checksums of what
// is stored without compression are put right, so that changed arrays get past the archive.
#include "toolkit/datasets/npz.h"
#include "tests/fuzz/input.h"

#include <zlib.h>

#include <cstring>
#include <string_view>

namespace {

// Little endian, as the machines are that fuzzers run on.
template<typename Number>
std::size_t number_at(const fuzz::Bytes &bytes, std::size_t place) {
    Number number = 0;
    std::memcpy(&number, &bytes[place], sizeof number);
    return number;
}

// Of the member that an entry of the central directory stands for.
void repair_checksum(fuzz::Bytes &archive, std::size_t entry) {
    constexpr std::size_t local_header = 30, local_checksum = 14;
    const std::size_t size = number_at<std::uint32_t>(archive, entry + 20),
                      local = number_at<std::uint32_t>(archive, entry + 42);
    if (number_at<std::uint16_t>(archive, entry + 10) != 0 || local + local_header > archive.size()) {
        return;  // compressed, or nowhere
    }
    const std::size_t begin = local + local_header + number_at<std::uint16_t>(archive, local + 26) +
                              number_at<std::uint16_t>(archive, local + 28);
    if (begin + size <= archive.size()) {
        const auto checksum =
            static_cast<std::uint32_t>(crc32(0, archive.data() + begin, static_cast<uInt>(size)));
        std::memcpy(&archive[entry + 16], &checksum, sizeof checksum);
        std::memcpy(&archive[local + local_checksum], &checksum, sizeof checksum);
    }
}

void repair_checksums(fuzz::Bytes &archive) {
    constexpr std::size_t entry_header = 46;
    const std::string_view text(reinterpret_cast<const char *>(archive.data()), archive.size());
    for (std::size_t entry = text.find("PK\x01\x02");
         entry != std::string_view::npos && text.size() - entry >= entry_header;
         entry = text.find("PK\x01\x02", entry + 1)) {
        repair_checksum(archive, entry);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size < 1) {
        return 0;
    }
    const std::string path = fuzz::as_repaired_file(data, size, repair_checksums);
    fuzz::require(!fsd::is_npz(path), "a name tells what is an archive of arrays");
    for (const fsd::Split split : {fsd::Split::train, fsd::Split::test}) {
        fuzz::accepted([&] {
            const fsd::Dataset dataset = fsd::load_npz(path, split);
            fuzz::require(dataset.count() > 0, "a data set has samples");
        });
    }
    fuzz::accepted([&] { fsd::load_npz_files(path, path); });
    return 0;
}
