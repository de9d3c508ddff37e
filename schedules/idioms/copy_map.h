// Copies a map with zeros around it.
#pragma once

#include "generators/channel_map.h"

namespace fsd {

// At `level`; where the channels are few, a vector is along the columns.
inline void copy_map(ChannelMap &map, const Halide::LoopLevel &level, int lanes) {
    map.func.compute_at(level).vectorize(map.channel, lanes);
    // Each number has a place of its own, which Halide cannot see behind the product with a stride.
    Halide::Stage copy = map.func.update();
    copy.allow_race_conditions()
        .specialize(map.copied.x.extent() == 1)
        .vectorize(map.copied.y, lanes, Halide::TailStrategy::GuardWithIf);
    copy.vectorize(map.copied.x, lanes, Halide::TailStrategy::GuardWithIf);
}

}  // namespace fsd
