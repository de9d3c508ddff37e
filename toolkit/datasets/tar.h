// The entries of a tar archive from first to last, plain or gzip; nothing is ever written to disk.
#pragma once

#include "toolkit/datasets/byte_reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

// Reads POSIX (ustar, pax) and GNU archives: regular files, long names, sizes up to 2^63 - 1.
class TarReader {
public:
    explicit TarReader(const std::string &path) : reader_(path) {}

    struct Entry {
        std::string name;        // as stored; not safe as a path on disk
        std::uint64_t size = 0;  // bytes
    };

    // Moves to the next regular file, passing over folders, links and devices. False at the archive's end
    // mark. Throws Error(bad_input) for a wrong checksum or size and where the archive ends without its mark.
    bool next(Entry &entry);

    // The content of the current entry; call at most once for each. Throws Error(bad_input) if it is larger
    // than `at_most` bytes.
    std::vector<std::uint8_t> content(std::uint64_t at_most);

private:
    struct Header;
    bool read_header(Header &header);
    void read_pax(std::uint64_t size, std::string &name, std::uint64_t &data_size, bool &has_size);
    std::vector<std::uint8_t> read_data(std::uint64_t size, std::uint64_t at_most);
    void skip_rest();

    ByteReader reader_;
    Entry current_{};
    std::uint64_t left_ = 0;     // bytes of the current content that were not read
    std::uint64_t padding_ = 0;  // zeros behind it, up to a whole block
};

// True where the file (plain or gzip) begins with a block that is a tar header.
bool is_tar(const std::string &file);

}  // namespace fsd
