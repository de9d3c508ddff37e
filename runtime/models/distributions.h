// What networks of finite-state distributions alone can do says so here.
#pragma once

#include "runtime/model.h"

namespace fsd {

// Throws Error(unsupported) that names the first thing which is no finite-state distribution: an input of
// real numbers, or a layer of a kind that the first version of the model format did not have. `purpose` is
// what was asked for ("Quantization with proved bounds"), `remedy` what can be done instead, a sentence.
void require_distributions(const Model &model, const std::string &purpose, const std::string &remedy);

}  // namespace fsd
