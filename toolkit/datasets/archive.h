// The entries of a ZIP archive, or of a tar archive packed by xz, bzip2, zstd or compress, from first to last
// (libarchive); nothing is ever written to disk. Plain and gzip tar archives have a reader of their own
// (tar.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct archive;

namespace fsd {

class ArchiveReader {
public:
    // Throws Error(bad_input) where the file cannot be opened or is no such archive.
    explicit ArchiveReader(const std::string &path);

    struct Entry {
        std::string name;     // as stored, UTF-8 where the archive says so; not safe as a path on disk
        const char *unusual;  // nullptr for a file; else what it is: "a symbolic link", "encrypted", ...
    };

    // Moves to the next entry but folders. False at the end. Throws Error(bad_input) for damaged archives,
    // and for one that unpacks to more than 64 MiB and 200 times its size.
    bool next(Entry &entry);

    // The content of the current entry; call at most once for each. Throws Error(bad_input) where it is
    // larger than `at_most` bytes or damaged.
    std::vector<std::uint8_t> content(std::uint64_t at_most);

private:
    struct Free {
        void operator()(archive *opened) const;
    };
    [[noreturn]] void fail(const std::string &reason) const;
    [[noreturn]] void fail_damaged() const;
    void check_expansion(std::uint64_t announced) const;

    std::string path_;
    std::uint64_t size_ = 0;  // of the file
    std::string current_;     // the name of the entry
    std::unique_ptr<archive, Free> archive_;
};

// True where the file begins as one of these archives does.
bool is_archive(const std::string &file);

}  // namespace fsd
