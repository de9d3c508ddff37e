// Text as it stands in JSON and in sentences.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fsd {

// Length of the UTF-8 sequence at `at`, which is in the text: 1 to 4 bytes; 0 where it is none (overlong
// forms and surrogates are none).
std::size_t utf8_length(std::string_view text, std::size_t at);

// Position of the first byte that is not part of valid UTF-8 (no overlong forms, no surrogates), or npos.
std::size_t first_invalid_utf8(std::string_view text);

void append_utf8(uint32_t code_point, std::string &out);

// The shortest decimal number that is read as `value`, in any locale.
std::string json_number(double value);

// A JSON string with its quotes.
std::string json_string(std::string_view text);

// A name from a file as it may be shown to a person: at most 60 bytes, '?' for what is not printable ASCII.
std::string printable(std::string_view name);

// The same in quotes.
std::string quoted(std::string_view name);

}  // namespace fsd
