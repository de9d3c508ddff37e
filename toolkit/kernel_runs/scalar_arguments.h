// What the kernels' scalar arguments may be, and what they are when they are not given.
#pragma once

#include <optional>
#include <string>

namespace fsd {

// One observation, stride 1, no padding; nothing for the other scalars.
std::optional<double> default_of(const std::string &scalar);

// Throws Error(bad_input) where the operator is not defined for the value: strides and windows are 1 to
// 65,536, paddings 0 to 65,536 (as in a model file), observations above 0.
void check_scalar(const std::string &op, const std::string &scalar, double value);

}  // namespace fsd
