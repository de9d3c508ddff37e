// zlib reads plain files as they are and gzip files decompressed.
#include "toolkit/datasets/byte_reader.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <zlib.h>

namespace fsd {

struct ByteReader::File {
    gzFile handle = nullptr;
    ~File() { gzclose_r(handle); }
};

ByteReader::ByteReader(const std::string &path) : path_(path), size_(InputFile(path).size()) {
    errno = 0;
    gzFile handle = gzopen(path.c_str(), "rb");
    if (!handle) {
        throw Error(ExitCode::bad_input, text("Cannot read the file ", path, ": ",
                                              errno ? std::strerror(errno) : "out of memory", "."));
    }
    file_ = std::make_unique<File>();
    file_->handle = handle;
    gzbuffer(handle, 1 << 17);
}

ByteReader::~ByteReader() = default;

std::size_t ByteReader::read_some(void *destination, std::size_t count) {
    constexpr std::size_t at_most = 1 << 30;  // gzread counts in int
    std::size_t done = 0;
    while (done < count) {
        const auto part = static_cast<unsigned>(std::min(count - done, at_most));
        const int got = gzread(file_->handle, static_cast<char *>(destination) + done, part);
        int code = Z_OK;
        const char *reason = gzerror(file_->handle, &code);
        if (got < 0 || (code != Z_OK && code != Z_STREAM_END)) {
            reason = code == Z_ERRNO ? std::strerror(errno) : reason;
            throw Error(ExitCode::bad_input, text("The file ", path_, " cannot be read to its end (", reason,
                                                  "): it is damaged or cut off. Fetch it again."));
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
        read_ += static_cast<std::uint64_t>(got);
        if (read_ > most_unpacked()) {
            fail_expanding();
        }
    }
    return done;
}

std::uint64_t ByteReader::most_unpacked() const {
    constexpr std::uint64_t always = 64 << 20, times = 200;
    return std::max(always, size_ * times);
}

void ByteReader::fail_expanding() const {
    throw Error(ExitCode::bad_input, text("The file ", path_, " of ", size_, " bytes unpacks to more than ",
                                          most_unpacked(), "; unpack it yourself if that is meant."));
}

void ByteReader::fail_cut(std::uint64_t expected, const std::string &what, std::uint64_t found) const {
    throw Error(ExitCode::bad_input, text("The file ", path_, " is cut off: expected ", expected,
                                          " bytes of ", what, ", found ", found, "."));
}

void ByteReader::expect(std::uint64_t count, const std::string &what) const {
    if (gzdirect(file_->handle)) {
        const std::uint64_t left = size_ > read_ ? size_ - read_ : 0;
        if (count > left) {
            fail_cut(count, what, left);
        }
    } else if (count > most_unpacked()) {
        fail_expanding();
    }
}

void ByteReader::read(void *destination, std::size_t count, const std::string &what) {
    const std::size_t got = read_some(destination, count);
    if (got != count) {
        fail_cut(count, what, got);
    }
}

void ByteReader::skip(std::uint64_t count, const std::string &what) {
    std::uint8_t waste[16384];
    while (count > 0) {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(count, sizeof waste));
        read(waste, part, what);
        count -= part;
    }
}

std::vector<std::uint8_t> ByteReader::read_bytes(std::uint64_t count, const std::string &what) {
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < count) {
        const std::size_t before = bytes.size();
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(count - before, 1 << 20));
        bytes.resize(before + part);
        const std::size_t got = read_some(bytes.data() + before, part);
        if (got != part) {
            fail_cut(count, what, before + got);
        }
    }
    return bytes;
}

void ByteReader::expect_end() {
    char extra = 0;
    if (read_some(&extra, 1) != 0) {
        throw Error(ExitCode::bad_input,
                    text("The file ", path_, " holds more bytes than its header announces; it is damaged."));
    }
}

}  // namespace fsd
