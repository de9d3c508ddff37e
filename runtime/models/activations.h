// What stands between the layers of a model.
#pragma once

#include "runtime/layers/activation.h"
#include "runtime/model.h"

namespace fsd {

// What the first layer reads. Throws Error(bad_input) where the input makes no sense.
ActivationType input_activation(const Input &input);

// Before the first layer and after each. Throws Error(bad_input) that names the layer where shapes or kinds
// of activations do not fit. The end may be anything.
std::vector<ActivationType> activations(const Model &model);

// What layer `index` gives.
ActivationKind kind_behind(const Model &model, std::size_t index);

// Throws Error(bad_input) unless `end` is log-probabilities of the model's classes, or numbers where it has
// none.
void check_end(const Model &model, const ActivationType &end);

}  // namespace fsd
