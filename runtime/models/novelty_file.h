// The fit of a model's novelty in its file, and whether it is one (docs/formats.md).
#pragma once

#include "runtime/formats/safetensors.h"
#include "runtime/model.h"

namespace fsd {

// The tensors under the names that they have in files, which no layer's tensor can have.
std::map<std::string, Tensor> novelty_tensors(const Novelty &novelty);

// Whether a tensor of the file belongs to it.
bool is_novelty_tensor(const std::string &name);

// Nothing where the file has none of the tensors. Throws Error(bad_input) where one is missing or does not
// fit the model's classes and layers.
std::optional<Novelty> read_novelty(const SafetensorsFile &file, const Model &model);

// Throws Error(bad_input) that names the tensor whose shape or numbers cannot be: what is not finite,
// precisions that are not symmetric and positive definite, scores that are negative or not ascending.
void check_novelty(const Model &model);

}  // namespace fsd
