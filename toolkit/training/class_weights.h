// How much the samples of each class count in the loss.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <string>
#include <vector>

namespace fsd {

// By label, all above 0; empty where `wanted` is, and then all samples count the same. `wanted`: numbers in
// the order of the classes, "1,1,2.5", or "balanced": samples / (classes * samples of the class), counted
// among `samples` (indices) and the classes that occur there; the mean over these samples is then 1, and each
// class has the same share in the mean loss. Throws Error(usage) for other words, Error(bad_input) where the
// data have no classes.
std::vector<float> class_weights(const std::string &wanted, const Dataset &dataset,
                                 const std::vector<int> &samples);

}  // namespace fsd
