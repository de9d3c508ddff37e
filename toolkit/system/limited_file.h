// Files of text that anybody may have written, read whole.
#pragma once

#include <cstdint>
#include <string>

namespace fsd {

// All bytes of the file. Throws FileError where it cannot be read, and, before memory is taken, where it has
// more than `most_bytes`; `kind` says what has no more, as "a description".
std::string read_limited(const std::string &path, std::uint64_t most_bytes, const std::string &kind);

}  // namespace fsd
