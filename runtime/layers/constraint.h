// What the numbers of a stored tensor must be, as values: the checker of models knows no names.
#pragma once

#include "runtime/tensor.h"

#include <functional>
#include <string>

namespace fsd {

// Throws Error(bad_input) that begins with `subject`. The tensor is dense, float32 and of the expected shape.
using Constraint = std::function<void(const std::string &subject, const Tensor &tensor)>;

Constraint finite();
Constraint finite_positive();      // > 0
Constraint finite_non_negative();  // >= 0

// Finite logarithms of distributions over an axis, counted from the outermost one: each sums to 1 within
// sum_tolerance.
Constraint log_distribution_over(std::size_t axis);

}  // namespace fsd
