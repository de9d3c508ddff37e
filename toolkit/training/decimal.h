// Numbers as text.
#pragma once

#include <string>

namespace fsd {

// The shortest decimal that reads back as the same double, whatever the locale: 0.03, not
// 0.029999999999999999.
std::string shortest_decimal(double value);

}  // namespace fsd
