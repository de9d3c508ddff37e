// Posteriors of sites, tile by tile, so that their evidence never leaves the first-level cache.
#pragma once

#include "generators/bayes.h"
#include "schedules/idioms/row_tiles.h"

namespace fsd {

// Computes a reduction for up to `sites` rows at `loop`, square after square of `rows`: a chunk of all rows,
// then the next one, so that the rows' chains of dependent operations overlap.
inline void reduce_squares(RowReduction &reduction, const Halide::Var &site, const Halide::LoopLevel &loop,
                           int sites, int rows = rows_per_tile) {
    const auto round_up = Halide::TailStrategy::RoundUp;
    const Halide::Var square{"square"}, row{"row"};
    const Halide::RVar block = reduction.block_of_row, part = reduction.lane_of_row;
    Halide::RVar lane("lane");
    Halide::Func &total = reduction.total, &block_total = reduction.block_total, &partial = reduction.partial;
    total.compute_at(loop)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(site, sites)
        .vectorize(site, rows, round_up);
    total.update().split(site, square, row, rows, round_up).reorder(row, block, square).vectorize(row);
    block_total.compute_at(total, block).store_in(Halide::MemoryType::Stack).vectorize(site);
    block_total.update().reorder(part, site).atomic().vectorize(part).vectorize(site);
    partial.compute_at(total, block)
        .store_in(Halide::MemoryType::Stack)
        .vectorize(reduction.lane)
        .unroll(site);
    partial.update(0).reorder(reduction.lane, site, reduction.chunk).vectorize(reduction.lane).unroll(site);
    partial.update(1)
        .split(reduction.rest, reduction.rest, lane, RowReduction::lanes, Halide::TailStrategy::GuardWithIf)
        .reorder(lane, site, reduction.rest)
        .vectorize(lane)
        .unroll(site);
}

// Computes the stages of Bayes' rule for a tile of up to `sites` sites at `loop`.
inline void normalize_tile(Bayes &bayes, const Halide::LoopLevel &loop, int sites, int lanes) {
    const auto guard = Halide::TailStrategy::GuardWithIf, round_up = Halide::TailStrategy::RoundUp;
    Halide::Var square{"square"}, row{"row"}, lane{"lane"};
    reduce_squares(bayes.peak, bayes.site, loop, sites);
    bayes.weight.compute_at(loop)
        .store_in(Halide::MemoryType::Stack)
        .split(bayes.state, bayes.state, lane, lanes, guard)
        .split(bayes.site, square, row, rows_per_tile, round_up)
        .reorder(lane, row, bayes.state, square)
        .vectorize(lane)
        .unroll(row);
    reduce_squares(bayes.mass, bayes.site, loop, sites);
    bayes.scale.compute_at(loop)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(bayes.site, sites)
        .vectorize(bayes.site, rows_per_tile, round_up);
}

// Sites whose evidence is computed at a time, and how many of them are normalized at a time.
struct SitesAtATime {
    int summed, normalized;
};

// Computes the posteriors at `strip` of `consumer`, in tiles whose loop will be `tile`.
inline void normalize_in_tiles(Bayes &bayes, const Halide::Func &consumer, const Halide::Var &strip,
                               const Halide::Var &tile, const SitesAtATime &sites, int lanes) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var row{"row"}, part{"part"};
    bayes.result.compute_at(consumer, strip)
        .split(bayes.site, tile, row, sites.summed, guard)
        .split(row, part, row, sites.normalized, guard)
        .reorder(bayes.state, row, bayes.group, part, tile, bayes.sample)
        .never_partition(row, part, tile)
        .vectorize(bayes.state, lanes, guard);
    normalize_tile(bayes, Halide::LoopLevel(bayes.result, bayes.group), sites.normalized, lanes);
}

}  // namespace fsd
