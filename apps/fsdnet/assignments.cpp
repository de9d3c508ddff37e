// Splits, parses, checks.
#include "apps/fsdnet/assignments.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <sstream>

namespace fsd::command_line {

Assignments assignments(const std::string &option, const std::vector<std::string> &given) {
    Assignments result;
    for (const std::string &assignment : given) {
        const auto [name, value] = split_assignment(option, assignment);
        if (!result.emplace(name, value).second) {
            throw Error(ExitCode::usage, text("The option ", option, " was given twice for '", name, "'."));
        }
    }
    return result;
}

void check_distinct(const std::string &option, const Assignments &given) {
    Assignments names;
    for (const auto &[name, value] : given) {
        const auto [other, is_new] = names.emplace(value, name);
        if (!is_new) {
            throw Error(ExitCode::usage, text("The option ", option, " gives '", value, "' to both '",
                                              other->second, "' and '", name, "'; give each its own."));
        }
    }
}

std::optional<double> finite_number(const std::string &value) {
    char *end = nullptr;
    const double result = std::strtod(value.c_str(), &end);
    const bool whole =
        !value.empty() && std::isspace(static_cast<unsigned char>(value[0])) == 0 && *end == '\0';
    return whole && std::isfinite(result) ? std::optional<double>(result) : std::nullopt;
}

Shape parse_shape(const std::string &option, const std::string &name, const std::string &value) {
    Shape shape;
    std::istringstream in(value);
    for (std::string part; std::getline(in, part, ',');) {
        const std::optional<double> extent = finite_number(part);
        if (!extent || *extent < 1 || *extent > 0x7fffffff || *extent != std::floor(*extent)) {
            throw Error(ExitCode::usage,
                        text("The option ", option, " takes name=2,3,4; found '", name, "=", value, "'."));
        }
        shape.push_back(static_cast<int>(*extent));
    }
    return shape;
}

}  // namespace fsd::command_line
