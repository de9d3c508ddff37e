// Packs filters into panels, once per call.
#pragma once

#include "generators/panels.h"

namespace fsd {

inline void pack_panels(Panels &panels) {
    panels.func.compute_root();
    panels.func.update(0).vectorize(panels.lane);
    // Each number has a place of its own, which Halide cannot see behind the division by the lanes.
    Halide::Stage whole = panels.func.update(1), rest = panels.func.update(2);
    whole.allow_race_conditions().specialize(panels.groups == 1).vectorize(panels.chunk[0]);
    rest.allow_race_conditions()
        .specialize(panels.groups == 1)
        .vectorize(panels.rest[0], panels.lanes, Halide::TailStrategy::GuardWithIf);
}

}  // namespace fsd
