// What the fuzzers share: the input as a file, and what a reader may do with it.
#pragma once

#include "runtime/error.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fuzz {

using Bytes = std::vector<std::uint8_t>;

// The path of a file in memory that holds the bytes until the next call.
std::string as_file(const std::uint8_t *data, std::size_t size);

// The same of all but the first byte, of which there must be one: where that is odd, the rest is repaired
// before.
std::string as_repaired_file(const std::uint8_t *data, std::size_t size,
                             const std::function<void(Bytes &)> &repair);

// A folder of this process, removed when it ends. It lies in memory where the system has such a place.
std::string folder();

void write_to(const std::string &path, const std::uint8_t *data, std::size_t size);

// True where the action ended well; false where it refused its input: Error(bad_input) or Error(unsupported).
// Another error ends the program, as an exception of another type does: both are findings.
bool accepted(const std::function<void()> &action);

// Ends the program where a law does not hold.
void require(bool holds, const char *law);

}  // namespace fuzz
