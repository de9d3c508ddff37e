// batch_norm: slope and offset per channel.
#include "runtime/layers/layer_kind.h"
#include "toolkit/analysis/moments/layers/moment_layer.h"

namespace fsd::analysis::moment_layers {

MomentLayer batch_norm() {
    return {"batch_norm", [](const MomentPlace &place) {
                const ChannelAffine channels =
                    layer_kind("batch_norm").as_channel_affine(place.model, place.index);
                AffineMap map{{}, Vector(place.inputs()), Vector(place.inputs())};
                for (int unit = 0; unit < place.inputs(); unit++) {
                    const auto channel = static_cast<std::size_t>(unit) % channels.slope.size();
                    map.diagonal[unit] = channels.slope[channel];
                    map.offset[unit] = channels.offset[channel];
                }
                return map;
            }};
}

}  // namespace fsd::analysis::moment_layers
