// What an exception means at the end of a program or of an interface: a code and a sentence, made without
// memory.
#pragma once

#include "runtime/error.h"

#include <cstddef>

namespace fsd {

// Must be called while an exception is handled. Writes its sentence, at most `size` bytes with the end, and
// returns the exit code. An Error gives its own; std::bad_alloc and std::length_error bad_input; what the
// operating system refused bad_input where a name is to blame (absent, forbidden, a loop of links), else
// unsupported; anything else internal. Never fails: nothing is allocated.
ExitCode describe_failure(char *sentence, std::size_t size) noexcept;

// That sentence of std::bad_alloc.
extern const char *const no_memory_sentence;

}  // namespace fsd
