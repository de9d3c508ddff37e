// A smaller problem in place of one whose float64 reference would take long.
#pragma once

#include "cases/case.h"

namespace fsd::testing {

// The extents, halved along the axes that repeat the same work until the reference takes about a tenth of a
// second.
Extents quick_to_check(const std::string &op, Extents extents);

}  // namespace fsd::testing
