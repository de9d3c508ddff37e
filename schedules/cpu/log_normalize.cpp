// CPU schedule of log_normalize: tiles of rows; three passes over a tile, which stays in the level-1 cache;
// rows of few states in registers, one vector per state. The lines that the last pass writes are prefetched
// while exponentials are computed: on an Intel Xeon (Sapphire Rapids, one core, calls in turns) 16 Mi numbers
// out of the second-level cache take .63 to .76 of the time with 32, 128, 256 and 1000 states, 65,536 numbers
// of 64 states .90; rows of few states, which are read once, take 1.2 to 1.3, so that what lies ahead is
// prefetched for them as before. Until then it was what the next tiles read, with 1.25 times the time of no
// prefetching there: Halide's prefetches leave the second-level cache out. Not worth it: both (1.1 to 1.8
// times the time of the lines to write alone), lines of the next tile's result (1.1 to 1.3), tiles of 4 or 8
// rows.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, 65,536 numbers in the level-2 cache, microseconds, in
// brackets one row of more than 256 states at a time, without code for 16 states and with the exponential of
// short rows for all: 2 states 24 (27), 10 states 25 (26), 16 states 21 (24), 32 states 17 (17), 64 states
// 13.2 (15.7), 300 states 14 (29), 1000 states 11.3 (17.6). 16 Mi numbers out of all caches, share of the
// bandwidth of a copy, without and with prefetching: 2 states 50 and 58 %, 10 states 55 and 51, 16 states 65
// either way, 32 and 64 states 80 and 77, 256 states 55 and 72, 1000 states 53 and 70; while other programs
// used the memory, 32 states 35 and 49, 64 states 48 and 67, 1000 states 46 and 64; prefetched results were
// not measured there. Not worth it: a chunk of several rows at a time, which reads the memory in stripes.
#include "generators/log_normalize.h"

#include "schedules/idioms/prefetch_result.h"
#include "schedules/idioms/row_tiles.h"

void fsd::LogNormalize::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    std::vector<ScheduleParameter> declared = row_tiling_parameters();
    declared.push_back({"numbers_ahead", "0", {"1024", "4096"}});
    declared.push_back({"numbers_ahead_of_few", "256", {"0"}});
    declared.push_back(vector_width(target));
    const ScheduleParameters chosen = measured.choose(target, declared);
    const RowTiling tiling = row_tiling(chosen);
    const Expr states = log_posterior.dim(0).extent(), sites = log_posterior.dim(2).extent();
    Halide::Var task{"task"};
    const int vector = chosen.number("vector_width");
    tile_rows({logits}, log_posterior, state, group, site, vector, task, tiling);
    reduce_tile(peak, site, log_posterior, group, sites, tiling);
    reduce_tile(mass, site, log_posterior, group, sites, tiling);
    for (const int update : {0, 1}) {
        mass.partial.update(update).specialize(are_long(states));
    }
    compute_tile(log_mass, site, log_posterior, group, sites, states, tiling);
    prefetch_result(get_pipeline(), logits, log_posterior, {mass.partial});
    prefetch_rows(get_pipeline(), logits, states, {mass.partial}, chosen.number("numbers_ahead"));
    prefetch_rows(get_pipeline(), logits, states, {mass.few_total}, chosen.number("numbers_ahead_of_few"));
}
