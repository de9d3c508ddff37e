// Sums over sites, one per channel: blocks of sites in parallel, eight sums in registers for each vector of
// channels. The number of blocks is a constant, hence so are the bits of the result for any number of
// threads.
#pragma once

#include "Halide.h"

namespace fsd {

// 2, 5 and 10 threads get equal shares.
constexpr int blocks_of_sites = 10;

// Additions in flight: enough to hide their latency.
constexpr int site_sums_in_flight = 8;

// Schedules sum(channel) += term(channel, sites), in vectors of `lanes` channels.
inline void sum_over_sites(Halide::Func sum, const Halide::RVar &sites, const Halide::Expr &count,
                           const Halide::Var &channel, int lanes) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var block{"block"}, one{"one"}, vector{"vector"};
    Halide::RVar part{"part"}, round{"round"}, turn{"turn"};
    sum.update().split(sites, part, round, (count + blocks_of_sites - 1) / blocks_of_sites, guard);
    Halide::Func block_sum = sum.update().rfactor(part, block);
    block_sum.update().split(round, round, turn, site_sums_in_flight, guard);
    Halide::Func registers = block_sum.update().rfactor(turn, one);

    sum.compute_root().vectorize(channel, lanes, guard);
    sum.update().vectorize(channel, lanes, guard);
    block_sum.compute_root().vectorize(channel, lanes, guard).parallel(block);
    block_sum.update()
        .split(channel, vector, channel, lanes, guard)
        .reorder(channel, turn, vector, block)
        .vectorize(channel)
        .parallel(block);
    registers.compute_at(block_sum, vector)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(channel, lanes)
        .vectorize(channel, lanes, guard)
        .unroll(one);
    registers.update().reorder(channel, one, round).vectorize(channel, lanes, guard).unroll(one);
}

}  // namespace fsd
