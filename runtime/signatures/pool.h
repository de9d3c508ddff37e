// What the signatures of the pooling operators share.
#pragma once

#include "runtime/signature.h"

namespace fsd {

// Adds the axes pool_y and pool_x, from the map's axes (y and x behind `map`: "" or "output_") and the
// scalars pool_window_* and pool_stride_*. What is missing stays missing.
void derive_pool(Extents &extents, const std::string &map = "");

// The arguments in the kernels' order: inputs, the four scalars of the window, outputs.
std::vector<ArgumentSignature> with_pool_window(std::vector<ArgumentSignature> inputs,
                                                const std::vector<ArgumentSignature> &outputs);

}  // namespace fsd
