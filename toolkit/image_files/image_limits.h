// How large an image may be. Asked of its header, before memory is taken for its pixels.
#pragma once

#include <cstdint>

namespace fsd {

constexpr std::uint64_t largest_image_side = 65535;  // pixels

// Pixels of an image at most: 2^27, or as many millions as the variable FSDNET_MAX_MEGAPIXELS says (1 to
// 4000). Decoding takes up to 8 bytes for each. Throws Error(usage) for another value of the variable.
std::uint64_t largest_image_area();

// Bytes of an image file at most: 8 for each pixel that is allowed.
std::uint64_t largest_image_file();

// Throws DecodingFailure for extents of 0 or beyond the limits.
void check_extents(std::uint64_t width, std::uint64_t height);

}  // namespace fsd
