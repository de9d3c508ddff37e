// std::to_chars without a format is defined to be the shortest.
#include "toolkit/training/decimal.h"

#include <array>
#include <charconv>

namespace fsd {

std::string shortest_decimal(double value) {
    std::array<char, 32> out{};  // the longest has 24 characters: -2.2250738585072014e-308
    const auto result = std::to_chars(out.data(), out.data() + out.size(), value);
    return {out.data(), result.ptr};
}

}  // namespace fsd
