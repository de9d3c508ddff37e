// Numbers as people type them.
#pragma once

#include <optional>
#include <string>

namespace fsd {

// Nothing where the text is not one finite decimal number and nothing else.
std::optional<double> finite_number(const std::string &value);

}  // namespace fsd
