// A folder for the files of a test.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fsd::testing {

using Bytes = std::vector<std::uint8_t>;

// Disappears with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;

    const std::string &path() const { return path_; }
    std::string operator/(const std::string &name) const { return path_ + "/" + name; }

    // Writes a file, its folders included; returns its path.
    std::string write(const std::string &name, const Bytes &bytes) const;

private:
    std::string path_;
};

}  // namespace fsd::testing
