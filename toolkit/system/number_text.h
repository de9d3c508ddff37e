// Numbers as people type them: decimal, in no locale, and nothing around them.
#pragma once

#include <charconv>
#include <optional>
#include <string>

namespace fsd {

// Nothing where the text is not one finite decimal number that float64 holds: no hexadecimal digits, no "inf"
// or "nan", no blanks.
std::optional<double> finite_number(const std::string &value);

// Nothing where the text is not one decimal number that the type holds: digits, with '-' in front where the
// type has a sign. Zeros in front change nothing: 010 is ten.
template<typename Integer>
std::optional<Integer> whole_number(const std::string &value) {
    Integer result = 0;
    const char *const end = value.data() + value.size();
    const std::from_chars_result read = std::from_chars(value.data(), end, result);
    return read.ec == std::errc() && read.ptr == end ? std::optional<Integer>(result) : std::nullopt;
}

}  // namespace fsd
