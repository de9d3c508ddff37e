// A part of a test in a process of its own, whose rights and limits are its own.
#pragma once

#include <functional>

namespace fsd::testing {

// What `work` returns, 0 to 127; 128 + signal where it was killed; 126 where it threw.
int in_child(const std::function<int()> &work);

}  // namespace fsd::testing
