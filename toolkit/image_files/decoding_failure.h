// Why the bytes of an image cannot be decoded; whoever knows the file's name makes an Error of it.
#pragma once

#include <stdexcept>
#include <string>

namespace fsd {

// what() completes the sentence "The image ... cannot be read: ...".
class DecodingFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Throws what a library's own message means: std::bad_alloc, or that the file is damaged.
[[noreturn]] void fail_as_library_says(const std::string &message);

}  // namespace fsd
