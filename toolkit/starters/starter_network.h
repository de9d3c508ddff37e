// Networks for those who have data and no description yet.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

#include <string>
#include <vector>

namespace fsd {

// "small", "medium", "large".
const std::vector<std::string> &starter_sizes();

// Throws Error(usage) with the closest name where there is no such size.
void need_starter_size(const std::string &name);

// A description that fits the data: input, layers, last layer; the class names are the data's when it is
// trained.
//
// Images: KLD convolutions (8-16, 16-32 or 32-64 states; one more of the last for each doubling of the
// shorter side beyond 32 pixels), normalization, pooling (marginals of gray images, renormalized maxima of
// colors), a KLD layer per class. Numbers: each standardized by the data's mean and deviation; linear layers
// (32, 100, or twice 100 channels) with ReLU; log_softmax for classes, none for targets. Maps of numbers are
// refused with Error(unsupported): nobody can guess what their axes mean. Throws Error(usage) for an unknown
// size.
Model starter_network(const Dataset &dataset, const std::string &size);

// The description as a file that people edit: JSON, a layer per line.
std::string description_text(const Model &description);

// In words: "28 x 28 gray pixels, 3 classes: kld_conv 16, kld_conv 32, kld_linear 3".
std::string summary_of(const Model &description);

}  // namespace fsd
