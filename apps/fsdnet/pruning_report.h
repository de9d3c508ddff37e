// What a pruning removed, and what it cost.
#pragma once

#include "toolkit/pruning/pruning_job.h"

#include <nlohmann/json.hpp>

#include <string>

namespace fsd::command_line {

nlohmann::ordered_json json_of(const PruningJob &job, const PruningOutcome &outcome);
std::string table_of(const PruningJob &job, const PruningOutcome &outcome);

}  // namespace fsd::command_line
