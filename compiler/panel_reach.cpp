// Small arithmetic on groups.
#include "compiler/panel_reach.h"

#include "compiler/layer_extents.h"

#include <algorithm>

namespace fsd::compiler {

int PanelReach::count() const {
    if (is_depthwise()) {
        return 1;
    }
    int most = 0;
    for (int output = 0; output < outputs; output += lanes_per_panel) {
        const int last = std::min(output + lanes_per_panel, outputs) - 1;
        most = std::max(most, (last / group_outputs - output / group_outputs + 1) * group_inputs);
    }
    return most;
}

int PanelReach::first(int panel) const {
    return std::min(panel * lanes_per_panel / group_outputs * group_inputs, inputs - count());
}

Halide::Expr PanelReach::first(const Halide::Expr &panel) const {
    return min(panel * lanes_per_panel / group_outputs * group_inputs, inputs - count());
}

int PanelReach::term(int output, int input) const {
    return is_depthwise() ? 0
                          : output / group_outputs * group_inputs + input - first(output / lanes_per_panel);
}

}  // namespace fsd::compiler
