// Takes the two numbers apart.
#include "apps/fsdnet/extents_option.h"

#include "runtime/error.h"
#include "toolkit/system/number_text.h"

#include <algorithm>

namespace fsd::command_line {

WidthHeight extents_for(const std::string &option, const std::string &given, const std::string &taken) {
    const std::size_t by = std::min(given.find('x'), given.size());
    const std::string behind = by < given.size() ? given.substr(by + 1) : "";
    const int width = whole_number<int>(given.substr(0, by)).value_or(0),
              height = whole_number<int>(behind).value_or(0);
    if (width < 1 || height < 1) {
        throw Error(ExitCode::usage, text("The option ", option, " takes ", taken, "; found '", given, "'."));
    }
    return {width, height};
}

}  // namespace fsd::command_line
