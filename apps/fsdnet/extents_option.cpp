// Takes the two numbers apart.
#include "apps/fsdnet/extents_option.h"

#include "runtime/error.h"
#include "toolkit/system/number_text.h"

#include <algorithm>

namespace fsd::command_line {

WidthHeight extents_for(const std::string &option, const std::string &given, const std::string &taken) {
    const std::size_t by = given.empty() ? 0 : std::min(given.find('x'), given.size() - 1);
    const std::optional<int> width = whole_number<int>(given.substr(0, by)),
                             height = given.empty() ? std::nullopt : whole_number<int>(given.substr(by + 1));
    if (width.value_or(0) < 1 || height.value_or(0) < 1) {
        throw Error(ExitCode::usage, text("The option ", option, " takes ", taken, "; found '", given, "'."));
    }
    return {*width, *height};
}

}  // namespace fsd::command_line
