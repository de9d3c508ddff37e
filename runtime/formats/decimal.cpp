// std::to_chars knows no locale.
#include "runtime/formats/decimal.h"

#include <array>
#include <charconv>

namespace fsd {
namespace {

std::string written(double value, std::chars_format format, int digits) {
    std::array<char, 400> out{};  // the longest: 309 digits, a point, 20 more, a sign
    return {out.data(), std::to_chars(out.data(), out.data() + out.size(), value, format, digits).ptr};
}

}  // namespace

std::string fixed_decimal(double value, int digits) {
    return written(value, std::chars_format::fixed, digits);
}

std::string rounded_decimal(double value, int digits) {
    return written(value, std::chars_format::general, digits);
}

}  // namespace fsd
