// Packs filters into panels, once per call.
#pragma once

#include "generators/panels.h"

namespace fsd {

inline void pack_panels(Panels &panels) {
    Halide::RVar vector{"vector"}, part{"part"};
    panels.func.compute_root();
    panels.func.update(0).vectorize(panels.lane);
    std::vector<Halide::VarOrRVar> order{part};
    order.insert(order.end(), panels.terms.begin(), panels.terms.end());
    order.insert(order.end(), {vector, panels.output.y});
    // Each output has a place of its own, which Halide cannot see behind the division by the lanes.
    panels.func.update(1)
        .split(panels.output.x, vector, part, panels.lanes, Halide::TailStrategy::GuardWithIf)
        .reorder(order)
        .allow_race_conditions();
    panels.func.update(1).specialize(panels.groups == 1).vectorize(part);
}

}  // namespace fsd
