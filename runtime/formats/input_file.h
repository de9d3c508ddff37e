// A regular file opened for reading at any position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace fsd {

class InputFile {
public:
    // Throws FileError where the file cannot be opened or is not a regular file.
    explicit InputFile(const std::string &path);
    ~InputFile();
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    const std::string &path() const { return path_; }
    uint64_t size() const { return size_; }

    // Throws FileError where fewer bytes are left.
    void read(uint64_t position, void *destination, std::size_t bytes) const;

    // All bytes. Throws FileError where they cannot be read.
    std::string whole() const;

private:
    std::string path_;
    int descriptor_;
    uint64_t size_ = 0;
};

}  // namespace fsd
