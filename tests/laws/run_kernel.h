// Runs kernels on dense float tensors.
#pragma once

#include "runtime/tensor.h"

#include <map>
#include <string>
#include <vector>

namespace fsd::testing {

struct Floats {
    Shape shape;
    std::vector<float> data;
};

// The outputs of the op's CPU kernel, by name. The inputs are its tensors; it takes no scalars.
std::map<std::string, Floats> run_kernel(const std::string &op, std::map<std::string, Floats> inputs);

}  // namespace fsd::testing
