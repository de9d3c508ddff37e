// The entries of a tar archive from first to last, plain or gzip; nothing is ever written to disk.
#pragma once

#include "toolkit/datasets/byte_reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

// Reads POSIX (ustar, pax) and GNU archives: long names, sizes up to 2^63 - 1. Links and sparse files are
// told, not read.
class TarReader {
public:
    explicit TarReader(const std::string &path) : reader_(path) {}

    enum class Kind { file, hard_link, symbolic_link, sparse, unknown };

    struct Entry {
        std::string name;        // as stored; not safe as a path on disk
        std::uint64_t size = 0;  // bytes
        Kind kind = Kind::file;  // what content() gives of other kinds is not what the file holds
    };

    // Moves to the next entry but folders, devices, pipes and labels of volumes. False at the archive's end
    // mark. Throws Error(bad_input) for a wrong checksum or size and where the archive ends without its mark.
    bool next(Entry &entry);

    // The content of the current entry; call at most once for each. Throws Error(bad_input) if it is larger
    // than `at_most` bytes.
    std::vector<std::uint8_t> content(std::uint64_t at_most);

private:
    struct Header;
    struct Extension;
    bool read_header(Header &header);
    void read_pax(std::uint64_t size, Extension &extension);
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
