// Splits, parses, checks.
#include "apps/fsdnet/assignments.h"

#include "runtime/error.h"
#include "toolkit/system/list_text.h"
#include "toolkit/system/number_text.h"

#include <optional>

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

Shape parse_shape(const std::string &option, const std::string &name, const std::string &value) {
    Shape shape;
    for (const std::string &part : split_list(value)) {
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
