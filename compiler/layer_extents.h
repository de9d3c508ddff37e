// The extents of a layer that sums over windows.
#pragma once

namespace fsd::compiler {

// Outputs side by side in a panel, for every target, so that all instruction sets share one copy of the
// numbers: one vector of AVX-512, two of AVX, four of SSE or NEON. A divisor of what Bayes' rule sums in one
// order everywhere.
constexpr int lanes_per_panel = 16;

struct LayerExtents {
    int window_x = 0;
    int window_y = 0;
    int inputs = 0;  // numbers per site of the map that the layer reads
    int groups = 0;
    int states = 0;

    const LayerExtents &extents() const { return *this; }
    int outputs() const { return groups * states; }
    int panels() const { return (outputs() + lanes_per_panel - 1) / lanes_per_panel; }
};

}  // namespace fsd::compiler
