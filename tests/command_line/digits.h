// Drawn digits and a network that knows them, for the tests of the verbs.
#pragma once

#include "runtime/model.h"

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace fsd::testing {

// One KLD layer whose filters are the ten drawn digits (tests/images/photos.h), preprocessing "digit".
Model template_model();

// The same input and classes; two layers, drawn at random: kld_conv, normalize, marginal_pool, kld_linear.
Model drawn_model();

// IDX files "<stem>-images-idx3-ubyte" and, where there are labels, "<stem>-labels-idx1-ubyte".
void write_idx(const std::string &stem, const std::vector<cv::Mat> &images, const std::vector<int> &labels);

// Makes the folder with twenty drawn digits, two of each, as MNIST's files of each part ("t10k", "train").
void write_digits(const std::string &folder, const std::vector<std::string> &parts);

}  // namespace fsd::testing
