// The sums of few samples, limited by the bandwidth at which filters are read.
//
// One core of an Intel Xeon (Sapphire Rapids, AVX-512; shared, calls in turns), packed filters and these,
// samples x inputs x outputs, microseconds: 1 x 1024 x 1024 733 and 187 (4 MiB in 187 are 22 GB/s, from the
// third-level cache); 4 x 1024 x 1024 766 and 218; 8 691 and 213; 16 1,012 and 605; 1 x 784 x 100 21 and 6.3;
// 16 x 784 x 100 34 and 28; 1 x 512 x 16 2.0 and 1.0; 1 x 512 x 10 1.8 and 1.1. With 32 samples packed
// filters are as fast. A call that has fewer outputs or more samples takes .04 longer than without this code.
#pragma once

#include "generators/few_samples.h"

#include <algorithm>

namespace fsd {

// Sums that stay in registers while the rows of filters go by.
inline void keep_in_registers(const FewSamples &few, Halide::Func sum, const Halide::Var &lane,
                              const Halide::Var &vector, const Halide::Var &tile) {
    sum.compute_at(few.sums, tile)
        .store_in(Halide::MemoryType::Stack)
        .vectorize(lane)
        .unroll(vector)
        .unroll(few.sample);
    sum.update()
        .reorder(lane, vector, few.sample, few.term)
        .vectorize(lane)
        .unroll(vector)
        .unroll(few.sample);
}

// Sums in the first-level cache, read and written once for eight rows of filters that are read side by side:
// what lies ahead in a row is fetched ahead, which does not happen when a few vectors are read of each.
inline void stream_filters(const FewSamples &few, Halide::Func sum, const Halide::Var &tile) {
    const int rows_at_once = few.has_fma ? 8 : 1;
    Halide::Var vector{"vector"}, lane{"lane"};
    Halide::RVar round{"round"}, turn{"turn"};
    sum.compute_at(few.sums, tile).store_in(Halide::MemoryType::Stack).vectorize(few.output, few.lanes);
    sum.update()
        .split(few.output, vector, lane, few.lanes)
        .split(few.term, round, turn, rows_at_once, Halide::TailStrategy::GuardWithIf)
        .reorder(lane, turn, few.sample, vector, round)
        .vectorize(lane)
        .unroll(turn)
        .unroll(few.sample);
}

// Covers the sums of whole vectors with blocks; the last one is shifted back into the row, so that no load is
// masked: masked sums would not stay in registers.
inline void in_blocks(const FewSamples &few, Halide::Stage sums, int outputs, int samples,
                      const Halide::Var &tile) {
    const Halide::Var block{"block"};
    sums.split(few.output, block, few.output, outputs, Halide::TailStrategy::ShiftInwards)
        .split(few.sample, tile, few.sample, samples, Halide::TailStrategy::RoundUp)
        .reorder(few.output, few.sample, tile, block)
        .vectorize(few.output, few.lanes)
        .unroll(few.sample);
    if (outputs == FewSamples::streamed_outputs) {
        sums.parallel(block);
    } else {
        sums.unroll(few.output);
    }
}

// Computes the sums before all tasks. Filters are read once for the samples of a tile: four vectors of 16
// lanes x four samples are 16 of 32 registers, of 8 lanes x two samples 8 of 16.
inline void sum_few(FewSamples &few) {
    const Halide::Var tile{"tile"}, vector{"vector"}, lane{"lane"};
    few.sums.compute_root();
    for (const FewSamples::Block &of : few.blocks) {
        const bool streamed = of.outputs == FewSamples::streamed_outputs;
        Halide::Stage stage = few.sums.specialize(few.outputs >= of.outputs);
        for (const int samples : streamed ? std::vector<int>{1, 2, 4} : std::vector<int>{1}) {
            in_blocks(few, stage.specialize(few.samples <= samples), of.outputs, samples, tile);
        }
        const int kept = few.has_fma ? few.lanes / 4 : 1;
        in_blocks(few, stage, of.outputs, of.outputs == 4 * few.lanes ? kept : 8, tile);
        Halide::Func sum = of.sum;
        if (streamed) {
            stream_filters(few, sum, tile);
        } else {
            sum.split(few.output, vector, lane, few.lanes);
            sum.update().split(few.output, vector, lane, few.lanes);
            keep_in_registers(few, sum, lane, vector, tile);
        }
    }
    Halide::Stage of_halves = few.sums.specialize(few.have_halves());
    of_halves.specialize(few.samples <= 1)
        .split(few.sample, tile, few.sample, 1)
        .reorder(few.output, few.sample, tile);
    of_halves.split(few.sample, tile, few.sample, 4, Halide::TailStrategy::RoundUp)
        .reorder(few.output, few.sample, tile);
    few.halves.bound(few.lane, 0, few.lanes / 2).bound(few.half, 0, 2);
    keep_in_registers(few, few.halves, few.lane, few.half, tile);
}

}  // namespace fsd
