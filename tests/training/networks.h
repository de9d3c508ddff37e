// Small networks and data for the tests of training, and the loss in float64 as the reference of its
// gradient.
#pragma once

#include "tests/runtime/layers.h"
#include "toolkit/datasets/dataset.h"
#include "toolkit/training/description.h"
#include "toolkit/training/trainable_network.h"

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
// With a normalization by running statistics: there is a state besides the parameters.
Model normalized_bar_network();

// Layers of ordinary networks, with square windows.
Layer conv_layer(const std::string &name, int window, int channels, int stride = 1, int padding = 0,
                 int groups = 1);
Layer linear_layer(const std::string &name, int channels);
Layer locally_connected_layer(const std::string &name, int window, int channels);
Layer batch_norm_layer(const std::string &name);
Layer quadratic_layer(double alpha);

Input real_input(int height, int width, int colors);
Input vector_input(int size);

// Random numbers, -1 .. 1, and labels; or targets, as many as `targets`, instead of labels.
Dataset numeric_noise(const Input &input, int samples, int classes, int targets, std::uint64_t seed);

// The mean loss over all samples, by name or where it is empty that which suits the network's end, computed
// in float64 straight from the definitions. `values` are laid out as TrainableNetwork::values.
double reference_loss(const TrainableNetwork &network, const std::vector<double> &values,
                      const Dataset &dataset, const std::string &name = "");

}  // namespace fsd::testing
