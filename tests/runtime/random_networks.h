// Networks drawn at random, with every kind of layer, and images for them.
#pragma once

#include "runtime/model.h"

namespace fsd::testing {

// Up to two convolutions with any normalization and pooling, then a linear layer or the mean over the sites.
Model random_model(unsigned seed);

// Every kind of layer in any order that the kinds of activation allow, FSD and ordinary ones mixed; images as
// Bernoulli states or real numbers, or vectors; classes or numbers at the end.
Model random_mixed_model(unsigned seed);

// A third of the pixels each black, white and gray, as in drawings.
Tensor random_images(const Model &model, int samples, unsigned seed);

// float32 [sample, y, x, color] for the network's float entry.
Tensor random_numbers(const Model &model, int samples, unsigned seed);

// Its layers and shapes.
std::string describe(const Model &model);

}  // namespace fsd::testing
