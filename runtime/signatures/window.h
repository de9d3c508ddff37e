// What the signatures of the convolutional operators share.
#pragma once

#include "runtime/signature.h"

namespace fsd {

// Adds the axes output_y and output_x, from the map's axes y and x, the filters' axes window_y and window_x
// and the scalars stride_* and padding_*. What is missing stays missing.
void derive_window(Extents &extents);

// The arguments in the kernels' order: tensors, the number of observations, the four scalars of the window,
// outputs.
std::vector<ArgumentSignature> with_window(std::vector<ArgumentSignature> inputs,
                                           const std::vector<ArgumentSignature> &outputs);

// The same for weights, which have no observations.
std::vector<ArgumentSignature> with_window_of_weights(std::vector<ArgumentSignature> inputs,
                                                      const std::vector<ArgumentSignature> &outputs);

// The same for weights in groups of channels, a scalar in front of the window's. derive_groups() adds
// what derive_window() does, and the inputs from those of a group or the other way round.
std::vector<ArgumentSignature> with_groups(std::vector<ArgumentSignature> inputs,
                                           const std::vector<ArgumentSignature> &outputs);
void derive_groups(Extents &extents);

// The tensors of a convolution whose outputs are groups of states.
std::vector<ArgumentSignature> grouped_convolution_inputs();

// The number of observations, an argument of every operator with log-likelihoods.
ArgumentSignature observations_signature();

}  // namespace fsd
