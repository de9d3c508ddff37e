// Sums over sites on a GPU, one per channel: the sites in blocks, a thread per channel and block.
#pragma once

#include "schedules/idioms/gpu_elements.h"

namespace fsd {

// So that a few channels keep thousands of threads busy.
constexpr int gpu_blocks_of_sites = 64;

// Schedules the blocks' part of sum(channel) += term(channel, sites). What is left of `sum` adds the blocks
// in order: a thread's work.
inline void sum_over_sites_on_gpu(Halide::Func sum, const Halide::RVar &sites, const Halide::Expr &count,
                                  const Halide::Var &channel) {
    Halide::Var block{"block"};
    Halide::RVar part{"part"}, one{"one"};
    const Halide::Expr size = (count + gpu_blocks_of_sites - 1) / gpu_blocks_of_sites;
    sum.update().split(sites, part, one, size, Halide::TailStrategy::GuardWithIf);
    Halide::Func partial = sum.update().rfactor(part, block);
    elements_in_memory(partial);
    threads_over(partial.update().reorder(one, channel, block), {channel, block});
}

}  // namespace fsd
