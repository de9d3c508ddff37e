// Images to the network's input, by the preprocessing that the model asks for.
#pragma once

#include "runtime/model.h"

#include <opencv2/core.hpp>

#include <string>

namespace fsd {

// Writes the image as [y, x, color] bytes (three colors: red, green, blue) to `pixels`, which holds
// input.height * input.width * input.colors bytes. Kinds (docs/preprocessing.md): "none": resized, aspect not
// kept; "digit": see toolkit/images/digit.h. Throws Error(bad_input) that names the image, Error(unsupported)
// for another kind.
void prepare_image(const cv::Mat &image, const Preprocessing &preprocessing, const Input &input,
                   const std::string &name, std::uint8_t *pixels);

}  // namespace fsd
