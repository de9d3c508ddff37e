// Which pixels of which images were observed, from a file.
#pragma once

#include "runtime/model.h"

#include <string>

namespace fsd {

// uint8 [image, y, x, 1 or color], dense; 0: unobserved. The file is NumPy's .npy of whole numbers or
// booleans, of shape [y, x], [y, x, color], [image, y, x] or [image, y, x, color], or an image file of one
// channel, black where nothing was observed; both of the network's extents. One mask for all images is
// repeated. Throws Error(bad_input) where the file cannot be read or does not fit.
Tensor read_masks(const std::string &path, const Input &input, int images);

// The same where all images must have one mask: files with several are refused.
Tensor read_common_mask(const std::string &path, const Input &input, int images);

// Unobserved wherever one of the two says so; either may be without memory. Of the same images.
Tensor both_observed(const Tensor &a, const Tensor &b);

}  // namespace fsd
