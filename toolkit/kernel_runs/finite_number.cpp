// std::from_chars knows no locale; unlike it a plus sign is allowed, as the C library's functions allow it.
#include "toolkit/kernel_runs/finite_number.h"

#include <charconv>
#include <cmath>
#include <system_error>

namespace fsd {

std::optional<double> finite_number(const std::string &value) {
    const char *first = value.data(), *const last = first + value.size();
    first += value.size() > 1 && value[0] == '+' && value[1] != '-' ? 1 : 0;
    double result = 0;
    const auto [end, fault] = std::from_chars(first, last, result);
    const bool whole = fault == std::errc() && end == last;
    return whole && std::isfinite(result) ? std::optional<double>(result) : std::nullopt;
}

}  // namespace fsd
