// Models for the tests of the runtime: drawn at random, valid unless a test spoils them.
#pragma once

#include "tests/runtime/layers.h"
#include "tests/temporary_folder.h"

#include <random>
#include <string>

namespace fsd::testing {

// Draws the parameters of the layers. Needs input and layers; sets classes where there are none.
Model with_parameters(Model model, unsigned seed);

// 6 x 5 pixels; kld_conv 'first' with 2 groups of 4 states, normalize, marginal_pool, kld_linear 'last', 3
// classes.
Model small_model();

// The same with a novelty: means 0, precisions 1, scores 1, 2, 3, 4.
Model fitted_model();

// Real images of 9 x 8 pixels with 2 colors; every ordinary kind of layer but sigmoid and softmax; 3 classes.
Model small_ordinary_model();

std::string read_bytes(const std::string &path);
void write_bytes(const std::string &path, const std::string &bytes);

}  // namespace fsd::testing
