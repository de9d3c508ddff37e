// Networks and images drawn at random, for the tests of quantization.
#pragma once

#include "runtime/model.h"

#include <cstdint>
#include <random>
#include <vector>

namespace fsd::testing {

// A network that can be quantized: one or three colors, one to three KLD layers with groups, strides and
// padding, either way of pooling. `certified`: one with a certificate, and filters so close that margins are.
Model drawn_network(unsigned seed, bool certified = false);

// Bytes of the network's input; some are 0 or 255, as in pictures.
std::vector<uint8_t> drawn_image(const Model &model, std::mt19937 &random);

}  // namespace fsd::testing
