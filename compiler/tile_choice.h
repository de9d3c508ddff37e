// Sizes of tiles for extents that are known.
#pragma once

#include "schedules/idioms/register_tile.h"

namespace fsd::compiler {

// What bounds a register tile.
struct TileLimits {
    int registers = 32;
    int vectors_per_panel = 1;  // 1 for AVX-512, 2 for AVX, 4 for SSE and NEON, where panels have 16 lanes
    int accumulators = 32;      // at most
};
TileLimits tile_limits(const Halide::Target &target, int lanes);

// The register tile with the best ratio of multiply-adds to loads for `panels` panels and `sites` sites in
// rows of `width`; panels and sites are multiples of the tile where that is possible.
RegisterTile best_register_tile(int panels, int sites, int width, const TileLimits &limits);

// Rows that are normalized together: at most 16, a divisor of `sites` where one is not much smaller.
int rows_per_square(int sites);

// Rows of a map, pooled or not, that are computed at a time: a divisor of `height`, as few as make a
// strip of 96 sites.
int rows_per_strip(int height, int sites_per_row);

}  // namespace fsd::compiler
