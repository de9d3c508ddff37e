// The standard library reads; what it would pass over is refused.
#include "toolkit/system/number_text.h"

#include <cmath>

namespace fsd {

std::optional<double> finite_number(const std::string &value) {
    const std::size_t sign = value.compare(0, 1, "+") == 0 && value.compare(1, 1, "-") != 0 ? 1 : 0;
    double result = 0;
    const char *const end = value.data() + value.size();
    const std::from_chars_result read = std::from_chars(value.data() + sign, end, result);
    const bool whole = read.ec == std::errc() && read.ptr == end;
    return whole && std::isfinite(result) ? std::optional<double>(result) : std::nullopt;
}

}  // namespace fsd
