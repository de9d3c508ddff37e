// Samples of inputs and results on their way between the caller's tensors and dense ones.
#pragma once

#include "runtime/model.h"

#include <cstddef>

namespace fsd {

bool is_dense(const Tensor &tensor);

// Copies the numbers of a sample, uint8 or float32 as the tensor's; they are dense behind the copy.
void copy_sample(const Tensor &inputs, int sample, void *to);

// Throws Error(bad_input) where one of a sample's numbers is not finite, or no probability of a Bernoulli
// variable.
void check_numbers(const Input &input, const float *numbers, std::size_t count, int sample);

// Writes a dense row as the result of a sample.
void copy_row(const float *row, int sample, Tensor &result);

}  // namespace fsd
