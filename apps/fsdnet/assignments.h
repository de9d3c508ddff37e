// The values of options of the form name=value that may be given several times.
#pragma once

#include "runtime/tensor.h"
#include "toolkit/system/assignment_text.h"

#include <map>
#include <string>
#include <vector>

namespace fsd::command_line {

using Assignments = std::map<std::string, std::string>;

// By name. Throws Error(usage) where one has no name or no value, or a name comes twice.
Assignments assignments(const std::string &option, const std::vector<std::string> &given);

// "2,3,4". Throws Error(usage) where that is not a list of whole numbers from 1 to 2^31 - 1.
Shape parse_shape(const std::string &option, const std::string &name, const std::string &value);

}  // namespace fsd::command_line
