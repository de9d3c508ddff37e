// Inputs that mean nothing, for measurements.
#pragma once

#include "runtime/model.h"
#include "runtime/tensor.h"

namespace fsd {

// What a network with that input takes: bytes, or of vectors numbers of mean 0 and deviation 1. The same each
// time.
Tensor random_inputs(const Input &input, int samples);

}  // namespace fsd
