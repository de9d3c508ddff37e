// Code of its own for the pooling windows that networks use.
#pragma once

#include "Halide.h"

namespace fsd {

struct SquarePool {
    int window, stride;
};
constexpr SquarePool common_pools[] = {{2, 2}, {3, 2}};

// Rows of windows that a gradient remembers at a time: with windows of 3 and stride 2 the fifth row of each 4
// is computed twice, and 5 rows of 16 windows with 64 states are 20 KiB of a 48 KiB cache.
constexpr int windows_per_strip = 4;

// True where a generator with the pool_* arguments is called with `pool` on a map of at least its size.
template<typename Generator>
Halide::Expr uses(const Generator &generator, const SquarePool &pool, const Halide::Expr &width,
                  const Halide::Expr &height) {
    return generator.pool_window_x == pool.window && generator.pool_window_y == pool.window &&
           generator.pool_stride_x == pool.stride && generator.pool_stride_y == pool.stride &&
           width >= pool.window && height >= pool.window;
}

}  // namespace fsd
