// Whether a model is one: structure first, then the numbers.
#pragma once

#include "runtime/layers/constraint.h"
#include "runtime/model.h"

namespace fsd {

struct ExpectedTensor {
    std::string name;
    std::string layer;  // as named in sentences
    Shape shape;
    Constraint constraint;
};

// The tensors that the layers need. Throws Error(bad_input) that names the layer where the description
// (input, layers, classes, names) makes no sense.
std::vector<ExpectedTensor> expected_tensors(const Model &model);

// Throws Error(bad_input) that names the tensor which is missing, unknown, of the wrong type or shape, holds
// NaN or infinity, or is not normalized.
void check_tensors(const Model &model, const std::vector<ExpectedTensor> &expected);

// Both.
void check_model(const Model &model);

}  // namespace fsd
