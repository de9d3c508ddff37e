// The sums over windows, computed strip by strip of the map.
#pragma once

#include "generators/window_evidence.h"
#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// Sites of a strip: enough to repay the copy of its probabilities, few enough to stay in the second-level
// cache.
constexpr int sites_per_strip = 512;

inline Halide::Expr rows_per_strip(const Halide::Expr &width, const Halide::Expr &height) {
    return clamp(sites_per_strip / width, 1, height);
}

// Computes the sums of one strip at `strip` of `consumer`; their memory is allocated at `task`.
inline void sum_in_strips(WindowEvidence &window, const Halide::Target &target, const Halide::Func &consumer,
                          const Halide::Var &strip, const Halide::Var &task) {
    const int lanes = window.filters.lanes;
    Halide::Var tile{"tile"};
    pack_panels(window.filters);

    window.observed.compute_at(consumer, strip).hoist_storage(consumer, task).never_partition(window.y);
    window.observed.specialize(window.inputs == 1)
        .vectorize(window.x, lanes, Halide::TailStrategy::GuardWithIf);
    window.observed.vectorize(window.input, lanes, Halide::TailStrategy::GuardWithIf);

    window.sums.compute_at(consumer, strip).hoist_storage(consumer, task);
    in_register_tiles(window.sums, window.filters, window.output, window.site, tile, target);
    sum_in_registers(window.sum, window.filters.lane, window.filters.panel, window.site,
                     {window.term.x, window.term.y, window.term.z}, window.sums, tile);
}

}  // namespace fsd
