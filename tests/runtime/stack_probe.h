// How much stack a call takes.
#pragma once

#include <cstddef>
#include <functional>

namespace fsd::testing {

// Bytes of a painted stack, a megabyte large, that a thread which calls the function leaves without paint;
// those of the thread itself among them.
std::size_t stack_touched(const std::function<void()> &function);

}  // namespace fsd::testing
