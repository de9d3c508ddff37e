// scaled = slope x + offset of each feature x.
#include "generators/channel_affine.h"

namespace fsd {

void AffineChannels::generate() {
    scaled(channel, site) = features(channel, site) * slope(channel) + offset(channel);

    features.set_estimates({{0, 64}, {0, 4096}});
    slope.set_estimates({{0, 64}});
    offset.set_estimates({{0, 64}});
    scaled.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::AffineChannels, channel_affine)
