// What is said of a layer: its part of `fsdnet inspect --json`.
#pragma once

#include "runtime/model.h"

#include <nlohmann/json.hpp>

namespace fsd {

// `shape`: of the activation behind the layer, [y, x, group, state].
nlohmann::ordered_json layer_description(const Model &model, const Layer &layer, const Shape &shape);

}  // namespace fsd
