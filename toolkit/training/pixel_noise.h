// Normal noise on the pixels of an image, for augmentation.
#pragma once

#include "toolkit/training/random.h"

#include <cstddef>
#include <cstdint>

namespace fsd {

// Adds to each byte its own number, drawn with mean 0 and `deviation` (0 .. 255), rounded; what leaves
// 0 .. 255 is cut. Byte i takes the draw first + i. The arithmetic is in integers, so that the same draws
// give the same bytes on every machine.
void add_noise(std::uint8_t *bytes, std::size_t count, double deviation, const Random &draws,
               std::uint64_t first);

}  // namespace fsd
