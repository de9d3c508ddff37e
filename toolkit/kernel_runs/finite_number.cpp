// The C library reads; what it would pass over is refused.
#include "toolkit/kernel_runs/finite_number.h"

#include <cctype>
#include <cmath>
#include <cstdlib>

namespace fsd {

std::optional<double> finite_number(const std::string &value) {
    char *end = nullptr;
    const double result = std::strtod(value.c_str(), &end);
    const bool whole =
        !value.empty() && std::isspace(static_cast<unsigned char>(value[0])) == 0 && *end == '\0';
    return whole && std::isfinite(result) ? std::optional<double>(result) : std::nullopt;
}

}  // namespace fsd
