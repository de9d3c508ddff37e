// Masks for measuring what a network makes of images that it sees in part.
#pragma once

#include "runtime/tensor.h"

#include <cstdint>

namespace fsd {

struct Rectangle {
    int height = 0, width = 0;
};

// uint8 [image, y, x, 1]: 0 in one rectangle of each image, at a random place inside of it, else 1. The same
// seed gives the same masks everywhere. The rectangle must fit into the images.
Tensor rectangles_unobserved(int images, int height, int width, const Rectangle &rectangle,
                             std::uint64_t seed);

}  // namespace fsd
