// Bytes of a file from first to last, decompressed where the file is gzip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fsd {

// A gzip file may unpack to 64 MiB and beyond that to 200 times its size; what unpacks to more is refused.
class ByteReader {
public:
    // Throws Error(bad_input) where the file cannot be opened or is no regular file.
    explicit ByteReader(const std::string &path);
    ~ByteReader();

    const std::string &path() const { return path_; }

    // Reads up to `count` bytes; fewer only at the end. Throws Error(bad_input) for damaged or cut off gzip
    // data.
    std::size_t read_some(void *destination, std::size_t count);

    // Throws Error(bad_input) that says `what` is missing where the file ends before.
    void read(void *destination, std::size_t count, const std::string &what);
    void skip(std::uint64_t count, const std::string &what);

    // Before memory is taken for them: throws Error(bad_input) where the file cannot hold `count` more bytes.
    // Something must have been read already.
    void expect(std::uint64_t count, const std::string &what) const;

    // Memory grows with what is really read, whatever `count` a file's header claims.
    std::vector<std::uint8_t> read_bytes(std::uint64_t count, const std::string &what);

    // Throws Error(bad_input) if a byte is left.
    void expect_end();

private:
    struct File;
    std::uint64_t most_unpacked() const;
    [[noreturn]] void fail_cut(std::uint64_t expected, const std::string &what, std::uint64_t found) const;
    [[noreturn]] void fail_expanding() const;

    std::string path_;
    std::uint64_t size_ = 0;  // of the file
    std::uint64_t read_ = 0;  // bytes, unpacked
    std::unique_ptr<File> file_;
};

}  // namespace fsd
