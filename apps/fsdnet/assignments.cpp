// Splits, parses, checks.
#include "apps/fsdnet/assignments.h"

#include "runtime/error.h"
#include "toolkit/kernel_runs/finite_number.h"

#include <cmath>
#include <optional>
#include <sstream>

namespace fsd::command_line {

std::pair<std::string, std::string> split_assignment(const std::string &option,
                                                     const std::string &assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == assignment.size()) {
        throw Error(ExitCode::usage,
                    text("The option ", option, " takes the form name=value; found '", assignment, "'."));
    }
    return {assignment.substr(0, equals), assignment.substr(equals + 1)};
}

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
