// The numbers of a layer as a compiled network holds them.
#pragma once

#include "runtime/model.h"

#include <vector>

namespace fsd::compiler {

// Outputs side by side in a panel, for every target, so that all instruction sets share one copy: one vector
// of AVX-512, two of AVX, four of SSE or NEON. A divisor of what Bayes' rule sums in one order everywhere.
constexpr int lanes_per_panel = 16;

struct PackedLayer {
    std::vector<float> filters;    // [panel, term, lane]: log q, zeros behind the last output
    std::vector<float> log_prior;  // [panel, lane], zeros behind the last output
    float observations = 1;
    int window_x = 0;
    int window_y = 0;
    int inputs = 0;
    int groups = 0;
    int states = 0;

    int terms() const { return window_x * window_y * inputs; }
    int outputs() const { return groups * states; }
    int panels() const { return (outputs() + lanes_per_panel - 1) / lanes_per_panel; }
    std::size_t place(int term, int output) const {
        return (static_cast<std::size_t>(output / lanes_per_panel) * terms() + term) * lanes_per_panel +
               output % lanes_per_panel;
    }
};

// The parameters of layer `index` with which the network evaluates it (runtime/parameters.h).
PackedLayer packed_layer(const Model &model, std::size_t index, bool log_odds);

}  // namespace fsd::compiler
