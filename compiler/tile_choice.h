// Sizes of tiles for extents that are known.
#pragma once

#include "schedules/idioms/register_tile.h"

namespace fsd::compiler {

// The register tile with the best ratio of multiply-adds to loads for `panels` panels of 16 lanes and `sites`
// sites in rows of `width`; panels and sites are multiples of the tile where that is possible.
RegisterTile best_register_tile(int panels, int sites, int width, const Halide::Target &target);

// Rows that are normalized together: at most 16, a divisor of `sites` where one is not much smaller.
int rows_per_square(int sites);

// Rows of a map, pooled or not, that are computed at a time: a divisor of `height`, as few as make a
// strip of 96 sites.
int rows_per_strip(int height, int sites_per_row);

}  // namespace fsd::compiler
