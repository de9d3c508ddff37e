// Blocks of threads for extents that are known.
#pragma once

#include "schedules/idioms/gpu_tiles.h"

namespace fsd::compiler {

// Threads along two axes.
struct ThreadBlock {
    int x = 1;
    int y = 1;
};

// At most 256 threads, powers of 2, so few of which are idle that no smaller power would leave fewer; none
// along y that `height` elements do not need.
ThreadBlock thread_block(int width, int height);

// The tile of sums for `panels` panels and `rows` rows: no more threads along the panels than there are, and
// as many along the rows as leave few idle in the last block.
GpuTile gpu_tile(int panels, int rows);

}  // namespace fsd::compiler
