// Brings tensors to the element type that a kernel's argument has.
#pragma once

#include "runtime/tensor.h"

#include <cstddef>
#include <string>

namespace fsd {

struct Converted {
    Tensor tensor;
    std::size_t rounded = 0;  // finite values that the new type cannot hold exactly
};

// The tensor with elements of `type` (float32, uint8, int32). To floats, values are rounded to nearest and
// counted; to integers, every value must be one that the type holds. Throws Error(bad_input) that begins with
// `what`, e.g. "The argument 'image'", and names the first value that does not fit.
Converted converted(const Tensor &tensor, halide_type_t type, const std::string &what);

}  // namespace fsd
