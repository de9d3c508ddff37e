// What `fsdnet analyze moments` prints, as text or JSON.
#pragma once

#include "toolkit/analysis/moments/noise.h"
#include "toolkit/analysis/moments/study.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fsd::command_line {

nlohmann::ordered_json json_of(const analysis::Study &study);
void print_table(const analysis::Study &study);

nlohmann::ordered_json json_of(const std::vector<analysis::NoiseLevel> &levels);
void print_table(const std::vector<analysis::NoiseLevel> &levels);

// Of moments that nothing was measured beside.
nlohmann::ordered_json json_of(const Model &model, const std::vector<analysis::PassedLayer> &passed);
void print_table(const Model &model, const std::vector<analysis::PassedLayer> &passed);

}  // namespace fsd::command_line
