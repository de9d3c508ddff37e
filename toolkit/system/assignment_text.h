// "name=value", as people type it.
#pragma once

#include <string>
#include <utility>

namespace fsd {

// Throws Error(usage) where `option` was not given one name and one value.
std::pair<std::string, std::string> split_assignment(const std::string &option,
                                                     const std::string &assignment);

}  // namespace fsd
