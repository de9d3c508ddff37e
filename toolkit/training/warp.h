// Turned and scaled copies of an image, for augmentation.
#pragma once

#include <cstdint>

namespace fsd {

struct ImageExtents {
    int height, width, colors;
};

// Turns `source` about its center by `radians` (counterclockwise) and scales it by `scale` > 0 into `target`,
// uint8 [y, x, color], by bilinear interpolation; border pixels repeat outwards. The arithmetic is in
// integers, so the same angle and scale give the same bytes on every machine.
void turn_and_scale(const std::uint8_t *source, std::uint8_t *target, double radians, double scale,
                    const ImageExtents &extents);

}  // namespace fsd
