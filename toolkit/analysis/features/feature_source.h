// A user's own arrays for the analysis of features.
#pragma once

#include "toolkit/analysis/features/joint.h"

#include <string>
#include <vector>

namespace fsd::analysis {

// The joint table [value, class] of a .npy file. Throws Error(bad_input) that names the file: what read_npy()
// refuses, other axes, and what joint_of_table() refuses.
Joint read_joint(const std::string &path);

struct LabeledActivations {
    Tensor activations;  // float32 [sample, ...]
    std::vector<int> labels;
    int classes = 0;  // the largest label + 1
};

// Numbers [sample, ...] and integers [sample]. Throws Error(bad_input) that names the files where they are
// others.
LabeledActivations read_activations(const std::string &activations, const std::string &labels);

}  // namespace fsd::analysis
