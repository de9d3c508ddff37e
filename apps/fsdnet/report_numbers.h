// Numbers that may not exist, in the reports of the analyses.
#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <iomanip>
#include <optional>
#include <sstream>
#include <string>

namespace fsd::command_line {

// Null where the number does not exist or is not finite.
inline nlohmann::ordered_json as_json(const std::optional<double> &number) {
    return number && std::isfinite(*number) ? nlohmann::ordered_json(*number)
                                            : nlohmann::ordered_json(nullptr);
}

// Right-aligned; a dash where the number does not exist.
inline std::string cell(const std::optional<double> &number, int width, int digits) {
    std::ostringstream out;
    out << std::setw(width) << std::fixed << std::setprecision(digits);
    number &&std::isfinite(*number) ? out << *number : out << "-";
    return out.str();
}

}  // namespace fsd::command_line
