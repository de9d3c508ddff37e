// features = slope v + offset of each byte v. The product and the sum are rounded once each, never merged:
// the same bits on every machine.
#include "generators/pixel_values.h"

#include "generators/strict.h"

namespace fsd {

void PixelValues::generate() {
    const Expr value = cast<float>(image(color, x, y, sample));
    features(color, x, y, sample) = strict_sum(strict_product(slope(color), value), offset(color));

    image.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
    slope.set_estimates({{0, 1}});
    offset.set_estimates({{0, 1}});
    features.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::PixelValues, pixel_values)
