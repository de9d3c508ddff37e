// What the states of layers tell of the class, as tables and JSON.
#pragma once

#include "toolkit/analysis/features/state_usefulness.h"
#include "toolkit/pruning/state_removal.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

// States ranked, the most useful one first.
nlohmann::ordered_json json_of(const analysis::LayerUsefulness &layer);

// `name` of the layer, e.g. "strokes". With `kept`, a column says which states stay.
std::string table_of(const analysis::LayerUsefulness &layer, const std::string &name,
                     const KeptStates *kept = nullptr);

}  // namespace fsd::command_line
