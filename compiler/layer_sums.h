// The sums of a layer over the windows of a map, with packed numbers.
#pragma once

#include "compiler/packed_layer.h"
#include "generators/blocked_sum.h"
#include "generators/window_evidence.h"

namespace fsd::compiler {

// Defines sum and evidence of `window`, whose extents are set and which observes the map; the numbers of the
// layer begin at the float `first`. `lanes`: of a sum, a divisor of lanes_per_panel. `stays_inside`: nothing
// behind the last channel is read, not even to be multiplied by 0. `blocked`: of layers that see the whole
// map with weights that all sites share; the sums are made of its blocks; nullptr: each is one chain.
void define_sums(WindowEvidence &window, const PackedLayer &layer, const Halide::ImageParam &numbers,
                 int first, int lanes, bool stays_inside, BlockedSum *blocked);

}  // namespace fsd::compiler
