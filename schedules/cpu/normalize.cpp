// CPU schedule of normalize: tiles of rows, whose exponentials are computed once and kept; rows of few states
// in registers, one vector per state.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, 65,536 numbers in the level-2 cache, microseconds: 2
// states 13, 10 states 22, 16 states 20, 32 states 15.6, 64 states 14, 256 states 11.7, 1000 states 13.7. 16
// Mi numbers out of all caches, share of the bandwidth of a copy, without and with prefetching: 2 states 85
// and 92 %, 10 states 46 and 57, 16 states 53 and 60, 32 states 66 and 69, 64 states 66 either way, 256
// states 45 and 59, 1000 states 63 and 61.
#include "generators/normalize.h"

#include "schedules/idioms/prefetch_ahead.h"
#include "schedules/idioms/row_tiles.h"

void fsd::Normalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    std::vector<ScheduleParameter> declared = row_tiling_parameters();
    declared.push_back(prefetch_parameter());
    declared.push_back(vector_width(target));
    const ScheduleParameters chosen = measured.choose(target, declared);
    const int vector = chosen.number("vector_width");
    const RowTiling tiling = row_tiling(chosen);
    const Expr states = posterior.dim(0).extent(), sites = posterior.dim(2).extent();
    Halide::Var task{"task"};
    tile_rows({logits}, posterior, state, group, site, vector, task, tiling);
    reduce_tile(peak, site, posterior, group, sites, tiling);
    weight.compute_at(posterior, group)
        .hoist_storage(posterior, task)
        .vectorize(state, vector, Halide::TailStrategy::GuardWithIf);
    reduce_tile(mass, site, posterior, group, sites, tiling);
    compute_tile(scale, site, posterior, group, sites, states, tiling);
    prefetch_rows(get_pipeline(), logits, states, {weight, mass.few_total}, chosen.number("numbers_ahead"));
}
