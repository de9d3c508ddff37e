// Small networks and data for the tests of training, and the loss in float64 as the reference of its
// gradient.
#pragma once

#include "tests/runtime/layers.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/training/blocks.h"
#include "toolkit/training/parameters.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fsd::testing {

// 9 x 8 pixels, 3 classes: conv, normalize, `pooling` where not empty, linear, log_normalize.
Model tiny_network(const std::string &pooling);

// Random pixels and labels.
Dataset noise(const Input &input, int images, int classes, std::uint64_t seed);

// 8 x 8 gray images with a bright bar at one of 3 places (the class) and a little noise: easy to learn.
Dataset bars(int images, std::uint64_t seed);
Model bar_network();

// The mean cross entropy over all images, computed in float64 straight from the definitions of docs/math.md.
// `values` are laid out as Parameters::values.
double reference_loss(const std::vector<Block> &blocks, const Parameters &layout,
                      const std::vector<double> &values, const Dataset &dataset);

}  // namespace fsd::testing
