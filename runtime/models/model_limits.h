// How large a model may be. Far above any network that fsdnet can run well, and low enough that a hostile
// file can neither overflow an index nor fill the memory. Documented in docs/formats.md.
#pragma once

#include <cstddef>

namespace fsd {

constexpr std::size_t most_layers = 256;
constexpr std::size_t most_classes = 8192;
constexpr std::size_t most_notes = 256;
constexpr int most_extent = 65536;  // of the input, a window, a stride, a number of groups or states
constexpr double most_activation = 1u << 28;  // numbers in one sample's activation after any layer

// A stored distribution may sum to 1 within this: the rounding of float32 numbers stays below 1e-5 up to
// 65,536 states, and numbers rounded to five digits still pass.
constexpr double sum_tolerance = 1e-4;

}  // namespace fsd
