// CPU schedule of kld_conv_backward_states.
#include "generators/kld_conv_backward_states.h"

#include "schedules/idioms/register_tile.h"
#include "schedules/idioms/pack_panels.h"

void fsd::KldConvBackwardStates::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = filters.lanes;
    Halide::Var task{"task"}, tile{"tile"};
    Halide::RVar strip{"strip"}, row{"row"};
    pack_panels(filters);
    d_probability.split(sample, task, sample, (d_probability.dim(3).extent() + 9) / 10, guard)
        .vectorize(input, lanes, guard).never_partition(sample).parallel(task);
    gradient.compute_at(d_probability, sample).hoist_storage(d_probability, task).vectorize(output, lanes, guard);
    received.compute_at(d_probability, sample).hoist_storage(d_probability, task).vectorize(column, lanes, Halide::TailStrategy::RoundUp);
    received.update().split(reach.z, strip, row, max(128 / d_log_evidence.dim(1).extent(), 1), guard)
        .reorder(reach.x, reach.y, row, reach.w, strip)
        .allow_race_conditions().vectorize(reach.x, lanes, guard);
    sent.compute_at(received, reach.w).hoist_storage(d_probability, task);
    in_register_tiles(sent, filters, column, site, tile, target);
    sum_in_registers(sum, filters.lane, filters.panel, site, {outputs}, sent, tile);
}
