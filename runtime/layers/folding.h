// A layer with the maps per channel behind it that it can absorb, e.g. conv and batch_norm.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd {

// How many layers from `index` on are one: 1, or more where maps per channel follow that it absorbs.
std::size_t folded_count(const Model &model, std::size_t index);

// The arguments of layer `index` with the next `count` - 1 ones absorbed: computed in float64, rounded once
// per map.
KernelArguments folded_arguments(const Model &model, std::size_t index, std::size_t count,
                                 const LayerForm &form);

// True where the layer behind the first `count` ones from `index` on ignores constants per group.
bool is_up_to_constant(const Model &model, std::size_t index, std::size_t count);

}  // namespace fsd
