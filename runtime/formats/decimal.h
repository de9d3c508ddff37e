// Numbers as text that does not depend on the program's locale.
#pragma once

#include <string>

namespace fsd {

// With `digits` digits behind the point, at most 20: 0.50
std::string fixed_decimal(double value, int digits);

// With `digits` significant digits, at most 20, and a power of ten where that is shorter: 3e-05
std::string rounded_decimal(double value, int digits);

}  // namespace fsd
