// The result of `fsdnet analyze features`, as JSON and as a table.
#pragma once

#include "toolkit/analysis/features/feature_study.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

struct FeatureReport {
    std::string source;                           // what was analyzed, for people
    int samples = 0;                              // 0: a table that was given
    std::vector<analysis::LayerFeatures> layers;  // one for arrays and tables
    std::optional<analysis::OutputProjection> output;
};

// Numbers that do not exist are null.
nlohmann::ordered_json json_of(const FeatureReport &report);

std::string table_of(const FeatureReport &report);

}  // namespace fsd::command_line
