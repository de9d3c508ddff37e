// Which of the channels of a map the outputs of a panel read.
#pragma once

#include "Halide.h"

namespace fsd::compiler {

// Outputs in groups read the channels in groups; a panel reads those of all groups that have outputs in it.
// Each number of channels per panel is the same: weights of 0 stand for what an output does not read. Where
// each output reads one channel of its own (a depthwise convolution), a panel reads one vector of them.
struct PanelReach {
    int inputs = 0, outputs = 0;              // of the layer
    int group_inputs = 0, group_outputs = 0;  // the same numbers where there is one group

    bool is_depthwise() const { return group_inputs == 1 && group_outputs == 1 && outputs > 1; }
    // Terms of a sum per place of the window.
    int count() const;
    // The channel of a panel's first term, for all of its outputs but in a depthwise convolution.
    int first(int panel) const;
    Halide::Expr first(const Halide::Expr &panel) const;
    // The term by which an output reads the channel `input` of its group.
    int term(int output, int input) const;
};

}  // namespace fsd::compiler
