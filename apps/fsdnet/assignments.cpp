// Splits, parses, checks.
#include "apps/fsdnet/assignments.h"

#include "runtime/error.h"
#include "toolkit/system/number_text.h"

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

Shape parse_shape(const std::string &option, const std::string &name, const std::string &value) {
    Shape shape;
    std::istringstream in(value);
    for (std::string part; std::getline(in, part, ',');) {
        const std::optional<int> extent = whole_number<int>(part);
        if (extent.value_or(0) < 1) {
            throw Error(ExitCode::usage,
                        text("The option ", option, " takes name=2,3,4; found '", name, "=", value, "'."));
        }
        shape.push_back(*extent);
    }
    return shape;
}

}  // namespace fsd::command_line
