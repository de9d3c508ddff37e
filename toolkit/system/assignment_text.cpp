// Splits at the first '='.
#include "toolkit/system/assignment_text.h"

#include "runtime/error.h"

namespace fsd {

std::pair<std::string, std::string> split_assignment(const std::string &option,
                                                     const std::string &assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == assignment.size()) {
        throw Error(ExitCode::usage,
                    text("The option ", option, " takes the form name=value; found '", assignment, "'."));
    }
    return {assignment.substr(0, equals), assignment.substr(equals + 1)};
}

}  // namespace fsd
