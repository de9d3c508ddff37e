// The result of `fsdnet analyze aggregation`, as JSON and as a table.
#pragma once

#include "toolkit/analysis/aggregation/aggregation_source.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

// Numbers that do not exist are null.
nlohmann::ordered_json json_of(const analysis::AggregationSource &source,
                               const analysis::AggregationAnalysis &analysis);

std::string table_of(const analysis::AggregationSource &source,
                     const analysis::AggregationAnalysis &analysis);

}  // namespace fsd::command_line
