// Writing to the end, whatever the system makes of it.
#pragma once

#include <cstddef>
#include <string>

namespace fsd {

// Writes all bytes to the descriptor; waits where it would block. Returns 0 or the system's error number. A
// limit of the file size (RLIMIT_FSIZE) is such an error, EFBIG, and no signal.
int write_all(int descriptor, const void *data, std::size_t size);

// The bytes in the place of those of an existing file (room for them is asked for before the first one is
// changed), or into a pipe or device. Returns as above.
int overwrite(const std::string &path, const void *data, std::size_t size);

// The bytes at the end of a file, which is made if need be. Returns as above.
int append_to_file(const std::string &path, const std::string &bytes);

}  // namespace fsd
