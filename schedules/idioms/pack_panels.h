// Packs filters into panels.
#pragma once

#include "generators/panels.h"
#include "generators/schedule_parameters.h"

namespace fsd {

// Where filters are packed: once per call, before the tasks, or by each task, which finds them in its own
// cache and need not wait for one thread that packs.
inline ScheduleParameter packing_parameter() {
    return {"packing", "per_call", {"per_task"}};
}

inline void pack_panels(Panels &panels, const Halide::LoopLevel &level) {
    panels.func.compute_at(level);
    panels.func.update(0).vectorize(panels.lane);
    // Each number has a place of its own, which Halide cannot see behind the division by the lanes.
    Halide::Stage whole = panels.func.update(1), rest = panels.func.update(2);
    whole.allow_race_conditions().specialize(panels.groups == 1).vectorize(panels.chunk[0]);
    rest.allow_race_conditions()
        .specialize(panels.groups == 1)
        .vectorize(panels.rest[0], panels.lanes, Halide::TailStrategy::GuardWithIf);
}

}  // namespace fsd
